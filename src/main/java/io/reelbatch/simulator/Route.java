package io.reelbatch.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a request goes.
 *
 * @param target the endpoint
 * @param id of the task in the path, decoded once; empty if the path has none
 */
record Route(Target target, String id) {

  /** The endpoints. */
  enum Target {
    CREATE,
    REMIX,
    EXTEND,
    VIDEOS,
    STATUS,
    QUERY,
    LIST,
    CONTENT,
    FILE,
    NOWHERE
  }

  private static final Pattern VIDEO = Pattern.compile("/v1/videos/([^/]+)(/remix|/content)?");
  private static final Pattern FILE = Pattern.compile("/files/([^/]+)\\.mp4");

  static Route of(String method, String rawPath) {
    return switch (method) {
      case "POST" -> ofPost(rawPath);
      case "GET" -> ofGet(rawPath);
      default -> new Route(Target.NOWHERE, "");
    };
  }

  /** Whether a request here can cost money. */
  boolean isPaid() {
    return switch (target) {
      case CREATE, REMIX, EXTEND, VIDEOS -> true;
      case STATUS, QUERY, LIST, CONTENT, FILE, NOWHERE -> false;
    };
  }

  private static Route ofPost(String path) {
    Matcher video = VIDEO.matcher(path);
    if (path.equals("/v1/video/create")) {
      return new Route(Target.CREATE, "");
    } else if (path.equals("/v1/video/extend")) {
      return new Route(Target.EXTEND, "");
    } else if (path.equals("/v1/videos")) {
      return new Route(Target.VIDEOS, "");
    } else if (video.matches() && "/remix".equals(video.group(2))) {
      return new Route(Target.REMIX, decoded(video.group(1)));
    } else {
      return new Route(Target.NOWHERE, "");
    }
  }

  private static Route ofGet(String path) {
    Matcher video = VIDEO.matcher(path);
    Matcher file = FILE.matcher(path);
    if (path.equals("/v1/video/query")) {
      return new Route(Target.QUERY, "");
    } else if (path.equals("/v1/videos")) {
      return new Route(Target.LIST, "");
    } else if (video.matches() && video.group(2) == null) {
      return new Route(Target.STATUS, decoded(video.group(1)));
    } else if (video.matches() && "/content".equals(video.group(2))) {
      return new Route(Target.CONTENT, decoded(video.group(1)));
    } else if (file.matches()) {
      return new Route(Target.FILE, Clip.idIn(decoded(file.group(1))));
    } else {
      return new Route(Target.NOWHERE, "");
    }
  }

  private static String decoded(String segment) {
    // This also makes a space of a plus sign, which is wrong in a path; no id has either.
    return URLDecoder.decode(segment, StandardCharsets.UTF_8);
  }
}
