package io.reelbatch.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it arrived.
 *
 * @param number place in the order of arrival
 * @param at when
 * @param method HTTP method
 * @param path raw, without the query
 * @param query raw; empty if there is none
 * @param headers names in lower case, with the key
 * @param body as text
 */
record Request(
    long number,
    Instant at,
    String method,
    String path,
    String query,
    Map<String, String> headers,
    String body) {

  private static final String ACCOUNT = "simulated-account";
  private static final DateTimeFormatter ID_TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS").withZone(ZoneOffset.UTC);

  /** What support asks for; ends in the number, so that an answer leads to its line in the log. */
  String id() {
    return ID_TIME.format(at) + String.format("%09d", number);
  }

  Optional<String> header(String lowerCaseName) {
    return Optional.ofNullable(headers.get(lowerCaseName));
  }

  /** A parameter of the query, decoded. */
  Optional<String> parameter(String name) {
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return Optional.of(
            URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8));
      }
    }
    return Optional.empty();
  }

  /**
   * Whose key it bears: empty for the plain one. Kept among the headers, so that the log has it.
   */
  String account() {
    return headers.getOrDefault(ACCOUNT, "");
  }

  /** The same, of that account. */
  Request of(String account) {
    var all = new HashMap<>(headers);
    all.remove(ACCOUNT);
    if (!account.isEmpty()) {
      all.put(ACCOUNT, account);
    }
    return new Request(number, at, method, path, query, all, body);
  }

  /** The same without that header. */
  Request without(String lowerCaseName) {
    var rest = new HashMap<>(headers);
    rest.remove(lowerCaseName);
    return new Request(number, at, method, path, query, rest, body);
  }

  LoggedRequest answeredWith(Reply reply) {
    var shown = new HashMap<>(headers);
    shown.computeIfPresent("authorization", (name, value) -> "Bearer ***");
    SimulatedTask made = reply.made();
    return new LoggedRequest(
        number,
        at,
        method,
        query.isEmpty() ? path : path + "?" + query,
        shown,
        body,
        reply.delivery().head() ? reply.status() : 0,
        made == null ? null : made.id(),
        reply.note());
  }
}
