package io.reelbatch.gateway;

import io.reelbatch.model.Blame;
import io.reelbatch.model.SendOutcome;
import io.reelbatch.model.TaskAnswer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Answers without a network, and outcomes as short text. */
final class Played {

  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));
  static final Redaction REDACTION = new Redaction(new ApiKey("sk-secret"));

  private Played() {}

  static Exchange answer(int status, @Nullable String retryAfter, String body) {
    return new Exchange.Answered(status, retryAfter, null, null, body);
  }

  static SendOutcome send(Exchange exchange) {
    return new SendClassifier(REDACTION, CLOCK).classify(exchange);
  }

  static SendOutcome send(int status, String body) {
    return send(answer(status, null, body));
  }

  static Reading query(Exchange exchange) {
    return new TaskClassifier(REDACTION, CLOCK).classify(exchange);
  }

  static TaskAnswer query(int status, String body) {
    return query(answer(status, null, body)).answer();
  }

  /** As in {@code halt KEY: invalid_api_key}. */
  static String brief(SendOutcome outcome) {
    if (outcome instanceof SendOutcome.Accepted accepted) {
      return "accepted " + accepted.task();
    }
    if (outcome instanceof SendOutcome.Halt halt) {
      return "halt " + halt.cause() + ": " + halt.reason().code();
    }
    if (outcome instanceof SendOutcome.Deferred deferred) {
      String pause = deferred.pause() == null ? "" : " " + deferred.pause().toSeconds() + "s";
      String reach = deferred.reach() == SendOutcome.Reach.MODEL ? "model " : "";
      return reach + "deferred" + pause + ": " + deferred.reason().code();
    }
    if (outcome instanceof SendOutcome.Refused refused) {
      String blame = refused.blame() == Blame.PROMPT ? "prompt " : "";
      return blame + "refused: " + refused.reason().code();
    }
    if (outcome instanceof SendOutcome.InDoubt doubt) {
      return "in doubt: " + doubt.reason().code();
    }
    return "not sent: " + ((SendOutcome.NotSent) outcome).reason().code();
  }

  /** As in {@code working processing 50}. */
  static String brief(TaskAnswer answer) {
    if (answer instanceof TaskAnswer.Working working) {
      String percent = working.percent() == null ? "" : " " + working.percent();
      return "working " + working.status() + percent;
    }
    if (answer instanceof TaskAnswer.Succeeded succeeded) {
      return "succeeded " + succeeded.video().link();
    }
    if (answer instanceof TaskAnswer.Failed failed) {
      String blame = failed.blame() == Blame.PROMPT ? "prompt " : "";
      return blame + "failed " + failed.reason();
    }
    if (answer instanceof TaskAnswer.Expired expired) {
      return "expired " + expired.reason();
    }
    if (answer instanceof TaskAnswer.Trouble trouble) {
      String pause = trouble.pause() == null ? "" : " " + trouble.pause().toSeconds() + "s";
      return "trouble" + pause + ": " + trouble.reason().code();
    }
    if (answer instanceof TaskAnswer.Unknown unknown) {
      return "unknown: " + unknown.reason().code();
    }
    return answer.getClass().getSimpleName().toLowerCase(Locale.ROOT)
        + ": "
        + ((TaskAnswer.Denied) answer).reason().code();
  }
}
