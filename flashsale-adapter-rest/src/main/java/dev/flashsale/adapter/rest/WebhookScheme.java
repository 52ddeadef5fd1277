package dev.flashsale.adapter.rest;

/** How a payment gateway signs its webhooks. */
public enum WebhookScheme {
    /** As of standardwebhooks.com. A secret is {@code whsec_} and the base64 of 24 bytes or more. */
    STANDARD_WEBHOOKS(new StandardWebhooksSignature()),
    /** As Stripe does. A secret is the text that Stripe shows, {@code whsec_} included. */
    STRIPE(new StripeSignature());

    static final int MAX_SECRET_LENGTH = 512;

    @SuppressWarnings("ImmutableEnumChecker") // It has no state, which the checker cannot tell of an interface.
    private final WebhookSignature signature;

    WebhookScheme(WebhookSignature signature) {
        this.signature = signature;
    }

    WebhookSignature signature() {
        return signature;
    }

    /** Whether this can be a secret of the scheme. */
    public boolean takes(String secret) {
        return secret.length() <= MAX_SECRET_LENGTH && signature.key(secret).isPresent();
    }
}
