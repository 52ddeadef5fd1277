package dev.flashsale.adapter.rest;

/**
 * In which header a proxy adds the address of its client to those that are there. It is one of them, and not whichever
 * is there: a proxy that adds to the one passes the other on as its client wrote it.
 */
public enum ForwardedHeader {
    /** {@code X-Forwarded-For}: addresses with commas between. */
    X_FORWARDED_FOR,
    /** {@code Forwarded}, as of RFC 7239. */
    FORWARDED
}
