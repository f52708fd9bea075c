package io.reelbatch.gateway;

import io.reelbatch.model.Endpoint;
import io.reelbatch.model.Operation;
import io.reelbatch.model.TaskId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The gateway's addresses. Ids are opaque and come through percent-encoded exactly once. */
final class Endpoints {

  /** Tasks on one page of the list; OpenAI's specification allows no more. */
  static final int LISTED_AT_ONCE = 100;

  private static final String HEX = "0123456789ABCDEF";
  private static final String VIDEOS = "/v1/videos";
  private static final String VIDEO = VIDEOS + "/" + GatewaySettings.ID;

  private final String base;
  private final String queryPath;
  private final String queryFallbackPath;

  Endpoints(GatewaySettings settings) {
    base = settings.baseUrl().toString().replaceAll("/+$", "");
    queryPath = settings.queryPath();
    queryFallbackPath = settings.queryFallbackPath();
  }

  /**
   * Where an order goes.
   *
   * <p>Wire: POST /v1/video/create (002_2806259c75ea4eb9.txt), POST /v1/videos/{id}/remix
   * (000_627d03da58f7585c.txt), POST /v1/video/extend (004_6e4607a80ea57ce1.txt). Assumed: POST
   * /v1/videos, from OpenAI's specification.
   */
  URI send(Operation operation, Endpoint endpoint, @Nullable TaskId source) {
    return switch (operation) {
      case CREATE -> URI.create(base + (endpoint == Endpoint.OPENAI ? VIDEOS : "/v1/video/create"));
      case EXTEND -> URI.create(base + "/v1/video/extend");
      case REMIX -> at(VIDEO + "/remix", Objects.requireNonNull(source, "no source"));
    };
  }

  URI query(TaskId task, QueryRoute route) {
    return at(route == QueryRoute.FIRST ? queryPath : queryFallbackPath, task);
  }

  /**
   * The list of tasks, the newest first.
   *
   * <p>Assumed: from OpenAI's specification.
   *
   * @param after the last task of the page before; null for the first page
   */
  URI list(@Nullable TaskId after) {
    String first = base + VIDEOS + "?limit=" + LISTED_AT_ONCE + "&order=desc";
    return URI.create(after == null ? first : first + "&after=" + encoded(after, true));
  }

  /** Assumed: GET /v1/videos/{id}, from OpenAI's specification. */
  URI video(TaskId task) {
    return at(VIDEO, task);
  }

  /** Assumed: where the gateway serves the video itself. */
  URI content(TaskId task) {
    return at(VIDEO + "/content", task);
  }

  boolean hasFallback() {
    return !queryPath.equals(queryFallbackPath);
  }

  private URI at(String path, TaskId task) {
    int id = path.indexOf(GatewaySettings.ID);
    boolean inQuery = path.lastIndexOf('?', id) >= 0;
    return URI.create(base + path.replace(GatewaySettings.ID, encoded(task, inQuery)));
  }

  // Wire: the pages put the colon raw into the path (001_5a96a522108e9b27.txt).
  private static String encoded(TaskId task, boolean inQuery) {
    StringBuilder text = new StringBuilder();
    for (byte b : task.value().getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (isUnreserved(c) || (c == ':' && !inQuery)) {
        text.append(c);
      } else {
        text.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return text.toString();
  }

  private static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._~".indexOf(c) >= 0;
  }
}
