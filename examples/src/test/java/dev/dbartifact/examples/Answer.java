package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/// What a program answered.
record Answer(int exit, String out, String err) {
  private static final String STACK_TRACE = "(?m)^\\s*at [\\w.$/]+\\(|^Exception in thread";

  /// Both of its outputs.
  String said() {
    return out + err;
  }

  /// Its output as the one JSON document that it has to be.
  JsonNode json() {
    try {
      return new ObjectMapper().readTree(out);
    } catch (JsonProcessingException none) {
      throw new AssertionError("no JSON document: " + this, none);
    }
  }

  String outcome() {
    return json().path("outcome").asText();
  }

  Answer exits(int code) {
    assertThat(exit).as(toString()).isEqualTo(code);
    return this;
  }

  Answer says(String... words) {
    assertThat(said()).contains(words);
    return this;
  }

  Answer isConverged() {
    assertThat(exit).as(toString()).isZero();
    assertThat(outcome()).as(toString()).isEqualTo("converged");
    return this;
  }

  Answer isUnchanged() {
    assertThat(exit).as(toString()).isZero();
    assertThat(outcome()).as(toString()).isEqualTo("unchanged");
    return this;
  }

  /// A message for people: something is said, and nothing of where in the program it came from.
  Answer isReadable() {
    assertThat(said()).isNotBlank().doesNotContainPattern(STACK_TRACE);
    assertThat(said()).doesNotContain("null pointer").doesNotContain("NullPointerException");
    return this;
  }

  Answer hasStackTrace() {
    assertThat(said()).containsPattern(STACK_TRACE);
    return this;
  }
}
