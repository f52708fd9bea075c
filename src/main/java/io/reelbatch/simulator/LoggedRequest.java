package io.reelbatch.simulator;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request and what became of it: the evidence by which duplicates and losses are judged.
 *
 * @param number place in the order of arrival, from 1; goes on after a restart with a log file. The
 *     answer's {@code X-Oneapi-Request-Id} ends in it
 * @param at when it arrived, by the simulator's clock
 * @param method HTTP method
 * @param path raw and undecoded, with the query
 * @param headers names in lower case; the value of {@code authorization} is replaced by {@code
 *     Bearer ***}
 * @param body as text; empty if there was none
 * @param status answered; 0 if the connection was closed without an answer
 * @param task id of the task this request made; not null means that money was charged
 * @param note why it was answered so, for example {@code accepted}, {@code wrong key}, {@code
 *     fault: hang-up}
 */
public record LoggedRequest(
    long number,
    Instant at,
    String method,
    String path,
    Map<String, String> headers,
    String body,
    int status,
    @Nullable String task,
    String note) {

  /** Takes an unmodifiable copy of the headers. */
  public LoggedRequest {
    headers = Map.copyOf(headers);
  }

  /** Whether this is a POST to one of the endpoints that cost money, authorised or not. */
  boolean isSend() {
    int query = path.indexOf('?');
    return Route.of(method, query < 0 ? path : path.substring(0, query)).isPaid();
  }
}
