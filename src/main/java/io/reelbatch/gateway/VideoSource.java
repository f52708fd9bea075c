package io.reelbatch.gateway;

import io.reelbatch.model.Message;
import io.reelbatch.model.Reason;
import io.reelbatch.model.TaskId;
import io.reelbatch.net.Network;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Where videos are read from: the links that the gateway gave, and the gateway itself as the last
 * resort. Thread-safe; blocks.
 *
 * <p>Two clients: the one for links has no key, the one for the gateway asks nobody else. Redirects
 * are followed by hand, each target is checked like the link: http or https, never from https to
 * http, and no address that only this machine can reach.
 */
public final class VideoSource implements AutoCloseable {

  private static final int MOST_REDIRECTS = 5;
  private static final int SHOWN = 200;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> PASSING = Set.of(408, 425, 429);
  private static final Pattern RANGE =
      Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern ALL =
      Pattern.compile("bytes \\*/(\\d{1,18})", Pattern.CASE_INSENSITIVE);

  private final Endpoints endpoints;
  private final Redaction redaction;
  private final TaskClassifier tasks;
  private final InstantSource clock;
  private final PublicAddresses names;
  private final Network network;
  private final StreamClient links;
  private final StreamClient gateway;

  /** Opens no connection yet. */
  public VideoSource(GatewaySettings settings, FetchSettings fetch, InstantSource clock) {
    this(settings, fetch, clock, PublicAddresses.of(fetch.reach(), settings.baseUrl()));
  }

  /** Looks names of links up there. */
  VideoSource(
      GatewaySettings settings, FetchSettings fetch, InstantSource clock, PublicAddresses names) {
    this.endpoints = new Endpoints(settings);
    this.redaction = new Redaction(settings.key());
    this.tasks = new TaskClassifier(redaction, clock);
    this.clock = clock;
    this.names = names;
    this.network = settings.network();
    this.links =
        new StreamClient(
            settings.connectTimeout(),
            fetch,
            settings.network(),
            names.orProxy(settings.network()),
            null);
    this.gateway =
        new StreamClient(
            settings.connectTimeout(),
            fetch,
            settings.network(),
            SystemDefaultDnsResolver.INSTANCE,
            settings.key());
  }

  /** Reads a link from where the reader left off; from the start if the server wants it so. */
  public VideoAnswer open(URI link, Resume resume) {
    try {
      return follow(link, resume);
    } catch (IOException | HttpException | RuntimeException e) {
      return broken(e);
    }
  }

  /** Whether a link is where the gateway itself serves the task's video, which takes the key. */
  public boolean isContent(TaskId task, URI link) {
    return link.equals(endpoints.content(task));
  }

  /**
   * Reads what the gateway itself serves for a task.
   *
   * <p>Assumed: GET /v1/videos/{id}/content serves the video to the key's owner, or JSON with a
   * link, or a redirect to one.
   */
  public VideoAnswer content(TaskId task, Resume resume) {
    URI address = endpoints.content(task);
    try {
      StreamClient.Reply reply = gateway.get(address, resume);
      if (REDIRECTS.contains(reply.status())) {
        reply.close();
        URI target = target(address, reply);
        return target == null ? redirectedAstray(reply) : follow(target, resume);
      }
      return reply.status() == 200 && isJson(reply)
          ? linkedTo(reply, resume)
          : answer(reply, resume, () -> gateway.get(address, Resume.NOTHING));
    } catch (IOException | HttpException | RuntimeException e) {
      return broken(e);
    }
  }

  private interface Request {
    StreamClient.Reply again() throws IOException, HttpException;
  }

  private VideoAnswer follow(URI link, Resume resume) throws IOException, HttpException {
    URI address = link;
    for (int i = 0; i <= MOST_REDIRECTS; i++) {
      if (!isAllowed(address)) {
        return gone("link_refused", "the link is no plain http or https address");
      }
      refusePrivateBehindTheProxy(address);
      URI asked = address;
      StreamClient.Reply reply = links.get(asked, resume);
      if (!REDIRECTS.contains(reply.status())) {
        return answer(reply, resume, () -> links.get(asked, Resume.NOTHING));
      }
      reply.close();
      URI target = target(asked, reply);
      if (target == null) {
        return redirectedAstray(reply);
      }
      if (losesSecrecy(asked, target)) {
        return gone("link_refused", "the link leads from https to http");
      }
      address = target;
    }
    return gone("link_refused", "the link leads to more than " + MOST_REDIRECTS + " redirects");
  }

  /** A proxy looks names up itself; what we see of them must be public all the same. */
  private void refusePrivateBehindTheProxy(URI address) throws UnknownHostException {
    int port = PublicAddresses.port(address);
    if (network.isByProxy(address.getHost(), port)) {
      try {
        names.resolve(address.getHost(), port);
      } catch (PublicAddresses.ForbiddenAddressException e) {
        throw e;
      } catch (UnknownHostException e) {
        // Only the proxy knows it.
      }
    }
  }

  private static @Nullable URI target(URI from, StreamClient.Reply reply) {
    String location = reply.header(HttpHeaders.LOCATION);
    return location == null ? null : VideoLink.read(from, location);
  }

  private static boolean isAllowed(URI address) {
    return address.getScheme() != null
        && VideoLink.isHttp(address.toString())
        && address.getHost() != null
        && address.getRawUserInfo() == null;
  }

  static boolean losesSecrecy(URI from, URI to) {
    return isSecure(from) && !isSecure(to);
  }

  private static boolean isSecure(URI address) {
    return "https".equalsIgnoreCase(address.getScheme());
  }

  private static VideoAnswer redirectedAstray(StreamClient.Reply reply) {
    return gone("link_refused", "HTTP " + reply.status() + " leads to no http or https address");
  }

  private VideoAnswer linkedTo(StreamClient.Reply reply, Resume resume)
      throws IOException, HttpException {
    try (reply) {
      String body =
          new String(reply.body().readNBytes(Transport.MOST_BYTES), StandardCharsets.UTF_8);
      URI link = tasks.video(Json.parse(body)).link();
      return link == null
          ? gone("no_content", "the gateway answers without a link: " + shown(body))
          : follow(link, resume);
    }
  }

  private VideoAnswer answer(StreamClient.Reply reply, Resume resume, Request fromTheStart)
      throws IOException, HttpException {
    if (resume.from() > 0) {
      if (reply.status() == 416 && isWholeAt(resume.from(), reply)) {
        reply.close();
        return new VideoAnswer.AlreadyWhole();
      }
      if (reply.status() == 416 || (reply.status() == 206 && !continues(resume, reply))) {
        reply.close();
        return answer(fromTheStart.again(), Resume.NOTHING, fromTheStart);
      }
    }
    int status = reply.status();
    if (status == 200 || (status == 206 && resume.from() > 0)) {
      return new VideoAnswer.Opened(new VideoStream(head(reply), reply.body(), reply));
    }
    try (reply) {
      Reason reason = Reason.of("http_" + status, "HTTP " + status + ": " + look(reply));
      return status >= 500 || PASSING.contains(status)
          ? new VideoAnswer.Trouble(
              reason, RetryAfter.read(reply.header(HttpHeaders.RETRY_AFTER), clock.instant()))
          : new VideoAnswer.Gone(reason);
    }
  }

  private static boolean isWholeAt(long length, StreamClient.Reply reply) {
    String range = reply.header(HttpHeaders.CONTENT_RANGE);
    Matcher all = ALL.matcher(range == null ? "" : range);
    return all.matches() && Long.parseLong(all.group(1)) == length;
  }

  /** Whether it is the rest of the same video, as far as the server tells. */
  private static boolean continues(Resume resume, StreamClient.Reply reply) {
    Matcher range = range(reply);
    if (!range.matches() || Long.parseLong(range.group(1)) != resume.from()) {
      return false;
    }
    Long total = total(range);
    String validator = validator(reply);
    return (total == null || resume.total() == null || total.equals(resume.total()))
        && (validator == null
            || resume.validator() == null
            || Objects.equals(validator, resume.validator()));
  }

  private static Matcher range(StreamClient.Reply reply) {
    String range = reply.header(HttpHeaders.CONTENT_RANGE);
    return RANGE.matcher(range == null ? "" : range);
  }

  private static @Nullable Long total(Matcher range) {
    return range.group(2).equals("*") ? null : (Long) Long.parseLong(range.group(2));
  }

  private static VideoStream.Head head(StreamClient.Reply reply) {
    String type = reply.header(HttpHeaders.CONTENT_TYPE);
    String plain = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    Matcher range = range(reply);
    if (reply.status() == 206 && range.matches()) {
      return new VideoStream.Head(
          Long.parseLong(range.group(1)), total(range), plain, validator(reply));
    }
    Long length = reply.length() < 0 ? null : (Long) reply.length();
    return new VideoStream.Head(0, length, plain, validator(reply));
  }

  // A weak tag does not promise the same bytes, and a server must not take it in If-Range.
  private static @Nullable String validator(StreamClient.Reply reply) {
    String tag = reply.header(HttpHeaders.ETAG);
    return tag != null && tag.startsWith("\"") ? tag : reply.header(HttpHeaders.LAST_MODIFIED);
  }

  private static boolean isJson(StreamClient.Reply reply) {
    String type = reply.header(HttpHeaders.CONTENT_TYPE);
    return type != null && type.toLowerCase(Locale.ROOT).contains("json");
  }

  private static VideoAnswer gone(String code, String message) {
    return new VideoAnswer.Gone(Reason.of(code, message));
  }

  private String look(StreamClient.Reply reply) {
    try {
      return shown(new String(reply.body().readNBytes(4 * SHOWN), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return "the answer broke off";
    }
  }

  private String shown(String body) {
    String text = redaction.clean(body).replaceAll("\\s+", " ").strip();
    return text.isEmpty() ? "no words" : text.substring(0, Math.min(SHOWN, text.length()));
  }

  private VideoAnswer broken(Exception e) {
    if (e instanceof PublicAddresses.ForbiddenAddressException forbidden) {
      return gone("link_refused", redaction.clean(String.valueOf(forbidden.getMessage())));
    }
    return new VideoAnswer.Trouble(
        Reason.of(
            "link_unreachable",
            e.getMessage() == null
                ? Message.of("the video's server could not be reached")
                : Message.of(
                    "the video's server could not be reached ({0})",
                    redaction.clean(e.getMessage()))),
        null);
  }

  /** Breaks off what is still under way. */
  @Override
  public void close() {
    links.close();
    gateway.close();
  }
}
