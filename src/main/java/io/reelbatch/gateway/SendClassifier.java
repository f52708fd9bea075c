package io.reelbatch.gateway;

import io.reelbatch.model.Blame;
import io.reelbatch.model.Evidence;
import io.reelbatch.model.HaltCause;
import io.reelbatch.model.Message;
import io.reelbatch.model.Reason;
import io.reelbatch.model.SendOutcome;
import io.reelbatch.model.TaskId;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The table that says what the end of a paid request means for money. Pure but for the clock, which
 * only turns a date in {@code Retry-After} into a wait.
 *
 * <table>
 * <caption>From top to bottom, the first that fits</caption>
 * <tr><th>what came</th><th>outcome</th></tr>
 * <tr><td>no whole answer, and the body never began to leave</td><td>not sent</td></tr>
 * <tr><td>no whole answer otherwise</td><td>in doubt</td></tr>
 * <tr><td>2xx with an id, whatever else it says</td><td>accepted</td></tr>
 * <tr><td>a code or text of the quota (any status)</td><td>halt: balance</td></tr>
 * <tr><td>a code or text of the moderation (any status)</td><td>refused</td></tr>
 * <tr><td>any other 2xx</td><td>in doubt</td></tr>
 * <tr><td>3xx</td><td>halt: route</td></tr>
 * <tr><td>a code after which something may have been made (any status)</td><td>in doubt</td></tr>
 * <tr><td>the quota of the gateway's own supplier</td><td>deferred</td></tr>
 * <tr><td>no channel for the model (4xx, 503)</td><td>deferred, this model</td></tr>
 * <tr><td>401</td><td>halt: key</td></tr>
 * <tr><td>402</td><td>halt: balance</td></tr>
 * <tr><td>403 about the model</td><td>deferred, this model, {@code model_not_allowed}</td></tr>
 * <tr><td>403 without a code, or about access</td><td>halt: key</td></tr>
 * <tr><td>403 otherwise</td><td>refused</td></tr>
 * <tr><td>404 without a complaint, or about the address; 405, 407, 421, 501</td>
 *     <td>halt: route</td></tr>
 * <tr><td>429 with words about tasks, or with others</td><td>deferred, until there is a slot</td></tr>
 * <tr><td>425; 429 about requests, or without a word</td><td>deferred</td></tr>
 * <tr><td>503 with {@code Retry-After}, or that says nothing was made</td><td>deferred</td></tr>
 * <tr><td>400, 404, 406, 409 to 417, 422, 428, 431, 451</td><td>refused</td></tr>
 * <tr><td>everything else: 408, 499, 5xx, statuses nobody has seen</td><td>in doubt</td></tr>
 * </table>
 *
 * <p>Wire: an id at the top of a 2xx (002_2806259c75ea4eb9.txt), {@code {}} for an extension
 * (004_6e4607a80ea57ce1.txt), an error object under 401 (003_46f25b07e1382a24.txt). Assumed: all
 * other rows, from gateways of the same family.
 */
final class SendClassifier {

  /** Characters of an answer that are kept. */
  static final int MOST_RAW = 16_384;

  // Longer is no id but a page in the wrong place; none seen has more than 191.
  private static final int LONGEST_ID = 1000;

  private static final String[] ID_PLACES = {
    "/id",
    "/task_id",
    "/data/task_id",
    "/data/id",
    "/response/task_id",
    "/response/id",
    "/result/task_id",
    "/result/id",
    "/output/task_id",
    "/output/id"
  };

  private final Redaction redaction;
  private final InstantSource clock;

  SendClassifier(Redaction redaction, InstantSource clock) {
    this.redaction = redaction;
    this.clock = clock;
  }

  SendOutcome classify(Exchange exchange) {
    if (exchange instanceof Exchange.Broken broken) {
      Breakage breakage = new Breakage(broken, redaction, MOST_RAW);
      return broken.bodyStarted()
          ? new SendOutcome.InDoubt(breakage.afterLeaving(), breakage.evidence())
          : new SendOutcome.NotSent(breakage.beforeLeaving());
    }
    return classify(new Answer((Exchange.Answered) exchange, redaction, MOST_RAW, clock.instant()));
  }

  private SendOutcome classify(Answer answer) {
    Evidence evidence = answer.evidence();
    GatewayError error = answer.error();
    if (answer.isSuccess()) {
      TaskId task = taskId(answer);
      if (task != null) {
        return new SendOutcome.Accepted(task, evidence);
      }
    }
    if (error != null && error.isQuota()) {
      return new SendOutcome.Halt(HaltCause.BALANCE, answer.reason(), evidence);
    }
    if (error != null && error.isModeration()) {
      return new SendOutcome.Refused(answer.reason(), Blame.PROMPT, evidence);
    }
    if (answer.isSuccess()) {
      return new SendOutcome.InDoubt(noId(answer), evidence);
    }
    if (answer.isRedirect()) {
      return new SendOutcome.Halt(HaltCause.ROUTE, redirected(answer), evidence);
    }
    if (error != null && error.isPerhapsMade()) {
      return new SendOutcome.InDoubt(answer.reason(), evidence);
    }
    Duration pause = answer.pause();
    if (error != null && error.isQuotaOfSupplier()) {
      return everybodyWaits(answer, pause);
    }
    if (error != null && error.isNoChannel() && (answer.status() < 500 || answer.status() == 503)) {
      return modelWaits(answer, answer.reason(), pause);
    }
    return switch (answer.status()) {
      case 401 -> new SendOutcome.Halt(HaltCause.KEY, answer.reason(), evidence);
      case 402 -> new SendOutcome.Halt(HaltCause.BALANCE, answer.reason(), evidence);
      case 403 -> forbidden(answer, error, pause);
      case 404 ->
          error == null || error.isRouteMissing()
              ? new SendOutcome.Halt(HaltCause.ROUTE, answer.reason(), evidence)
              : refused(answer);
      case 405, 407, 421, 501 -> new SendOutcome.Halt(HaltCause.ROUTE, answer.reason(), evidence);
      case 425 -> everybodyWaits(answer, pause);
      case 429 -> tooMany(answer, error, pause);
      case 503 ->
          pause != null || (error != null && error.isNothingMade())
              ? everybodyWaits(answer, pause)
              : new SendOutcome.InDoubt(answer.reason(), evidence);
      case 400, 406, 409, 410, 411, 412, 413, 414, 415, 416, 417, 422, 428, 431, 451 ->
          refused(answer);
      default -> new SendOutcome.InDoubt(answer.reason(), evidence);
    };
  }

  private static SendOutcome forbidden(
      Answer answer, @Nullable GatewayError error, @Nullable Duration pause) {
    if (error != null && error.isModelNotAllowed()) {
      return modelWaits(answer, answer.reason("model_not_allowed"), pause);
    }
    return error == null || error.isAccess()
        ? new SendOutcome.Halt(HaltCause.KEY, answer.reason(), answer.evidence())
        : refused(answer);
  }

  // An empty body comes from the gateway's own limiter, which counts requests.
  private static SendOutcome tooMany(
      Answer answer, @Nullable GatewayError error, @Nullable Duration pause) {
    if (error == null || (error.isTooFast() && !error.isTooManyTasks())) {
      return everybodyWaits(answer, pause);
    }
    SendOutcome.Reach reach =
        error.isTooManyTasks() ? SendOutcome.Reach.SLOTS : SendOutcome.Reach.UNSAID;
    return new SendOutcome.Deferred(answer.reason(), pause, reach, answer.evidence());
  }

  private static SendOutcome everybodyWaits(Answer answer, @Nullable Duration pause) {
    return new SendOutcome.Deferred(
        answer.reason(), pause, SendOutcome.Reach.EVERYBODY, answer.evidence());
  }

  private static SendOutcome modelWaits(Answer answer, Reason reason, @Nullable Duration pause) {
    return new SendOutcome.Deferred(reason, pause, SendOutcome.Reach.MODEL, answer.evidence());
  }

  private static SendOutcome refused(Answer answer) {
    return new SendOutcome.Refused(answer.reason(), Blame.ORDER, answer.evidence());
  }

  private static Reason noId(Answer answer) {
    return answer.error() == null
        ? answer.reason("no_task_id", Message.of("the gateway took the order but gave no task id"))
        : answer.reason();
  }

  private static Reason redirected(Answer answer) {
    return answer.reason(
        "redirected",
        Message.of(
            "the gateway answers HTTP {0} and points to {1}; an order is never sent on to another"
                + " address",
            answer.status(), host(answer.location())));
  }

  private static String host(@Nullable String location) {
    try {
      String host = location == null ? null : URI.create(location).getHost();
      return host == null ? "another path" : host;
    } catch (IllegalArgumentException e) {
      return "an unreadable address";
    }
  }

  // A request_id is the task's name at some gateways and the request's at others: it comes last,
  // and never beside a complaint.
  private static @Nullable TaskId taskId(Answer answer) {
    for (String place : ID_PLACES) {
      TaskId task = taskId(answer.root().at(place));
      if (task != null) {
        return task;
      }
    }
    return answer.error() == null ? taskId(answer.root().path("request_id")) : null;
  }

  /** An id that can be one; null when it is none. */
  static @Nullable TaskId taskId(JsonNode node) {
    boolean number = node.isIntegralNumber() && node.asString().matches("[1-9]\\d*");
    if (!node.isString() && !number) {
      return null;
    }
    String id = node.asString();
    boolean readable =
        !id.isBlank() && id.length() <= LONGEST_ID && id.chars().noneMatch(Character::isISOControl);
    return readable ? new TaskId(id) : null;
  }
}
