package io.reelbatch.gateway;

import io.reelbatch.model.Evidence;
import io.reelbatch.model.Message;
import io.reelbatch.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A whole answer, read as far as it can be, and what of it may be kept. */
final class Answer {

  private static final int SHOWN = 200;
  private static final int MOST_WORD = 200;
  private static final int MOST_MESSAGE = 4000;
  private static final Pattern TITLE =
      Pattern.compile("<title[^>]{0,100}>([^<]{1,200})</title>", Pattern.CASE_INSENSITIVE);
  private static final Pattern REQUEST_ID =
      Pattern.compile("\\(request id: ?([^()\\s\"]{1,100})\\)", Pattern.CASE_INSENSITIVE);

  private final Exchange.Answered answered;
  private final Redaction redaction;
  private final int mostRaw;
  private final Instant now;
  private final JsonNode root;
  private final @Nullable GatewayError error;

  /**
   * Reads it.
   *
   * @param mostRaw characters of the body that are kept as evidence
   * @param now turns a date in a header into a wait
   */
  Answer(Exchange.Answered answered, Redaction redaction, int mostRaw, Instant now) {
    this.now = now;
    this.answered = answered;
    this.redaction = redaction;
    this.mostRaw = mostRaw;
    root = Json.parse(answered.body());
    error = root.isObject() ? GatewayError.in(root) : null;
  }

  int status() {
    return answered.status();
  }

  boolean isSuccess() {
    return status() >= 200 && status() <= 299;
  }

  boolean isRedirect() {
    return status() >= 300 && status() <= 399;
  }

  /** Not the body's form but its content: a missing node when it is no JSON. */
  JsonNode root() {
    return root;
  }

  @Nullable GatewayError error() {
    return error;
  }

  @Nullable String location() {
    return answered.location();
  }

  @Nullable Duration pause() {
    Duration precise = RateHeaders.pauseInMillis(answered.rateHeaders());
    return precise != null ? precise : RetryAfter.read(answered.retryAfter(), now);
  }

  /** The gateway's own words where it has any, else what its answer looks like. */
  Reason reason() {
    String code = error == null ? null : error.code();
    String message = error == null ? null : error.message();
    return reason(
        code == null ? "http_" + status() : code,
        message == null ? look() : message,
        error == null ? null : error.messageZh());
  }

  Reason reason(String code, String message, @Nullable String messageZh) {
    return new Reason(
        word(code),
        redaction.cut(message, MOST_MESSAGE),
        messageZh == null ? null : redaction.cut(messageZh, MOST_MESSAGE));
  }

  /** Our own words, about an answer that has none. */
  Reason reason(String code, Message message) {
    return Reason.of(word(code), message);
  }

  /** The gateway's words under a code of ours. */
  Reason reason(String code) {
    Reason said = reason();
    return new Reason(code, said.message(), said.messageZh());
  }

  /** A status or a code, fit to be kept. */
  String word(String text) {
    return redaction.cut(text, MOST_WORD);
  }

  Evidence evidence() {
    String id = answered.requestId();
    if (id == null || id.isEmpty()) {
      Matcher inText = REQUEST_ID.matcher(answered.body());
      id = inText.find() ? inText.group(1) : null;
    }
    return new Evidence(
        status(),
        id == null ? null : redaction.cut(id, MOST_WORD),
        redaction.cut(answered.body(), mostRaw),
        RateHeaders.advice(answered.rateHeaders(), now));
  }

  private String look() {
    String body = answered.body();
    if (body.isBlank()) {
      return "HTTP " + status() + " without a body";
    }
    Matcher title = TITLE.matcher(body);
    String shown = title.find() ? title.group(1) : body.substring(0, Math.min(body.length(), 4000));
    shown = redaction.clean(shown).replaceAll("\\s+", " ").strip();
    return "HTTP "
        + status()
        + ": "
        + (shown.length() > SHOWN ? shown.substring(0, SHOWN) + "…" : shown);
  }
}
