package dev.flashsale.adapter.rest;

import dev.flashsale.adapter.rest.webhook.WebhookSignature;

/** How a payment gateway signs its webhooks. */
public enum WebhookScheme {
    /** As of standardwebhooks.com. A secret is {@code whsec_} and the base64 of 24 bytes or more. */
    STANDARD_WEBHOOKS,
    /** As Stripe does. A secret is the text that Stripe shows, {@code whsec_} included. */
    STRIPE;

    /** Whether this can be a secret of the scheme. */
    public boolean takes(String secret) {
        return WebhookSignature.of(this).takes(secret);
    }
}
