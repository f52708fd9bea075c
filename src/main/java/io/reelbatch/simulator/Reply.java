package io.reelbatch.simulator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is to be answered.
 *
 * @param status HTTP status
 * @param headers besides those that every answer carries
 * @param body bytes, read-only
 * @param delivery how much of it is sent
 * @param silence real time to wait before
 * @param made the task this made; null if none
 * @param note for the log
 */
record Reply(
    int status,
    Map<String, String> headers,
    ByteBuffer body,
    Delivery delivery,
    Duration silence,
    @Nullable SimulatedTask made,
    String note) {

  private static final String CONTENT_TYPE = "Content-Type";

  static Reply json(int status, JsonNode body, String note) {
    return text(status, Map.of(), body.toString(), note);
  }

  static Reply text(int status, Map<String, String> headers, String body, String note) {
    var type =
        Map.of(
            CONTENT_TYPE,
            body.startsWith("<") ? "text/html; charset=utf-8" : "application/json; charset=utf-8");
    boolean typed = headers.keySet().stream().anyMatch(CONTENT_TYPE::equalsIgnoreCase);
    return bytes(
            status,
            typed || body.isEmpty() ? Map.of() : type,
            ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)),
            note)
        .with(headers);
  }

  static Reply bytes(int status, Map<String, String> headers, ByteBuffer body, String note) {
    return new Reply(
        status, headers, body.asReadOnlyBuffer(), Delivery.WHOLE, Duration.ZERO, null, note);
  }

  static Reply nothing(String note) {
    return bytes(0, Map.of(), ByteBuffer.allocate(0), note).deliver(Delivery.NOTHING);
  }

  Reply with(Map<String, String> more) {
    var all = new HashMap<>(headers);
    all.putAll(more);
    return new Reply(status, Map.copyOf(all), body, delivery, silence, made, note);
  }

  Reply making(SimulatedTask task) {
    return new Reply(status, headers, body, delivery, silence, task, note);
  }

  Reply deliver(Delivery changed) {
    return new Reply(status, headers, body, changed, silence, made, note);
  }

  Reply after(Duration longer) {
    return new Reply(status, headers, body, delivery, longer, made, note);
  }

  Reply noted(String changed) {
    return new Reply(status, headers, body, delivery, silence, made, changed);
  }

  /** This text is sent instead; what was made stays made. */
  Reply reading(int otherStatus, String otherBody) {
    Reply other = text(otherStatus, Map.of(), otherBody, note);
    return new Reply(other.status, other.headers, other.body, delivery, silence, made, note);
  }
}
