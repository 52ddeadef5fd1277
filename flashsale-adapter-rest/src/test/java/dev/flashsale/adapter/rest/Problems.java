package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.rest.Service.Answer;
import tools.jackson.databind.JsonNode;

/** What every problem document has. */
final class Problems {

    private Problems() {}

    static void assertProblem(Answer answer, int status, String code, boolean retryable) {
        assertThat(answer.body()).as("status %s", answer.status()).contains("\"code\":\"" + code + "\"");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        JsonNode json = answer.json();
        assertThat(json.get("type").asString()).isEqualTo("urn:flashsale:problem:" + code);
        assertThat(json.get("title").asString()).isNotBlank();
        assertThat(json.get("status").asInt()).isEqualTo(status);
        assertThat(json.get("detail").asString()).isNotBlank();
        assertThat(json.get("retryable").asBoolean()).isEqualTo(retryable);
    }

    static void assertProblemWithField(Answer answer, int status, String code, String field) {
        assertProblem(answer, status, code, false);
        assertThat(answer.json().get("field").asString()).isEqualTo(field);
    }
}
