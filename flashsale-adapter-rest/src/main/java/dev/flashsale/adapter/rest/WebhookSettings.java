package dev.flashsale.adapter.rest;

import java.util.List;

/**
 * By what a webhook is known to be the gateway's, and how it is understood.
 *
 * @param secrets any of which may have signed it, so that one can take the place of another; none for no gateway
 * @param acceptUnsigned whether, where there is no secret, anybody is believed; else nobody is
 */
public record WebhookSettings(
        WebhookScheme scheme, List<String> secrets, boolean acceptUnsigned, ReportSettings reports) {

    /** Each costs a computation for each webhook. */
    public static final int MAX_SECRETS = 10;

    public WebhookSettings {
        secrets = List.copyOf(secrets);
        if (secrets.size() > MAX_SECRETS) {
            throw new IllegalArgumentException("webhook secrets must be at most " + MAX_SECRETS);
        }
        if (!secrets.stream().allMatch(scheme::takes)) {
            throw new IllegalArgumentException("a webhook secret (not shown) is none of the scheme " + scheme);
        }
    }

    /** What they say is understood as is usual. */
    public WebhookSettings(WebhookScheme scheme, List<String> secrets, boolean acceptUnsigned) {
        this(scheme, secrets, acceptUnsigned, ReportSettings.defaults());
    }

    /** Nobody is believed. */
    public static WebhookSettings defaults() {
        return new WebhookSettings(WebhookScheme.STANDARD_WEBHOOKS, List.of(), false);
    }

    /** Whether only a webhook with a right signature is believed. */
    public boolean verified() {
        return !secrets.isEmpty() || !acceptUnsigned;
    }

    /** Does not show the secrets. */
    @Override
    public String toString() {
        return "WebhookSettings[" + scheme + ", " + secrets.size() + " secrets" + (verified() ? "" : ", not verified")
                + "]";
    }
}
