package dev.flashsale.adapter.rest;

/** The server cannot have the address it was told to listen on. The message says what to do. */
public final class PortInUse extends RuntimeException {

    PortInUse(String host, int port, Throwable cause) {
        super(
                "Cannot listen on " + host + ":" + port + " (" + cause.getMessage()
                        + "). Stop the program that uses this port, or set another port.",
                cause);
    }
}
