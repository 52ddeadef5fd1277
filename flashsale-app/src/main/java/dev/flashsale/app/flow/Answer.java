package dev.flashsale.app.flow;

import tools.jackson.databind.JsonNode;

/** What the server answered. */
record Answer(String request, int status, String contentType, JsonNode body) {

    /** This answer, if it has that status. */
    Answer expect(int expected) {
        if (status != expected) {
            throw unexpected("status " + expected);
        }
        return this;
    }

    /** This answer, if that field reads so. */
    Answer expect(String field, String expected) {
        if (!text(field).equals(expected)) {
            throw unexpected(field + " " + expected);
        }
        return this;
    }

    String text(String field) {
        JsonNode value = body.get(field);
        if (value == null || value.isNull()) {
            throw unexpected("a field " + field);
        }
        return value.asString();
    }

    long number(String field) {
        JsonNode value = body.get(field);
        if (value == null || !value.canConvertToLong()) {
            throw unexpected("a number in " + field);
        }
        return value.asLong();
    }

    Unexpected unexpected(String expected) {
        return new Unexpected(request + ": expected " + expected + ", got " + status + " " + body);
    }
}
