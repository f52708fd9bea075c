package io.reelbatch.gateway;

import io.reelbatch.model.Blame;
import io.reelbatch.model.Evidence;
import io.reelbatch.model.Message;
import io.reelbatch.model.Reason;
import io.reelbatch.model.TaskAnswer;
import io.reelbatch.model.Video;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an answer to a question means for a task. The status decides, never a field beside it: a
 * finished task may carry an old error, a working one an empty link.
 *
 * <p>Wire: {@code status}, {@code detail.pending_info.progress_pct} (001_5a96a522108e9b27.txt),
 * {@code status} and {@code progress} (000_627d03da58f7585c.txt). Assumed: all other shapes, from
 * gateways of the same family.
 */
final class TaskClassifier {

  /** Characters of an answer that are kept. */
  static final int MOST_RAW = 200_000;

  private static final String[] STATUS = {"/status", "/data/status", "/state", "/detail/status"};

  private static final String[] LINK = {
    "/video_url",
    "/url",
    "/result_url",
    "/metadata/url",
    "/video/url",
    "/output/url",
    "/output/0/url",
    "/output/0",
    "/data/result_url",
    "/data/video_url",
    "/data/url",
    "/data/0/url",
    "/detail/video_url",
    "/detail/url",
    "/detail/upsample_video_url",
    "/detail/generations/0/url",
    "/detail/draft_info/downloadable_url",
    "/detail/draft_info/url",
    "/data/fail_reason",
    "/fail_reason"
  };

  private static final String[] THUMBNAIL = {
    "/thumbnail_url",
    "/data/thumbnail_url",
    "/detail/thumbnail_url",
    "/detail/gif_url",
    "/detail/draft_info/encodings/thumbnail/path",
    "/detail/draft_info/encodings/gif/path"
  };

  private static final String[] FAILURE = {
    "/fail_reason",
    "/data/fail_reason",
    "/detail/draft_info/reason_str",
    "/detail/draft_info/markdown_reason_str",
    "/detail/pending_info/failure_reason",
    "/detail/failure_reason",
    "/detail/error_message",
    "/detail/error",
    "/error_message",
    "/message",
    "/data/message"
  };

  private final Redaction redaction;
  private final InstantSource clock;

  TaskClassifier(Redaction redaction, InstantSource clock) {
    this.redaction = redaction;
    this.clock = clock;
  }

  Reading classify(Exchange exchange) {
    if (exchange instanceof Exchange.Broken broken) {
      Breakage breakage = new Breakage(broken, redaction, MOST_RAW);
      return new Reading(
          new TaskAnswer.Trouble(breakage.ofQuestion(), null, breakage.evidence()), false);
    }
    Answer answer = new Answer((Exchange.Answered) exchange, redaction, MOST_RAW, clock.instant());
    String status = answer.isSuccess() ? status(answer.root()) : null;
    return status == null ? withoutStatus(answer) : new Reading(withStatus(answer, status), false);
  }

  // Some envelopes have a status of their own; a task within says more.
  private static @Nullable String status(JsonNode root) {
    String status = Json.text(root, STATUS);
    String inner = Json.text(root, "/data/status");
    boolean envelope =
        status != null && inner != null && StatusWord.of(status) == StatusWord.SUCCEEDED;
    return envelope ? inner : status;
  }

  private Reading withoutStatus(Answer answer) {
    GatewayError error = answer.error();
    Evidence evidence = answer.evidence();
    if (error != null && error.isQuota()) {
      return new Reading(trouble(answer), false);
    }
    if (isTaskUnknown(answer, error)) {
      return new Reading(new TaskAnswer.Unknown(answer.reason(), evidence), true);
    }
    return switch (answer.status()) {
      case 401 -> new Reading(new TaskAnswer.Denied(answer.reason(), evidence), false);
      case 403 -> new Reading(forbidden(answer, error), false);
      case 404, 405, 501 -> new Reading(trouble(answer), true);
      default -> new Reading(trouble(answer), answer.isRedirect());
    };
  }

  private static boolean isTaskUnknown(Answer answer, @Nullable GatewayError error) {
    if (error == null || error.isRouteMissing() || answer.status() >= 500) {
      return false;
    }
    return error.isTaskUnknown() || (answer.status() == 404 && !error.isNothingMade());
  }

  // A 403 may be about this task's model, or come from a firewall for a moment: only words about
  // access show that no task can be asked for.
  private TaskAnswer forbidden(Answer answer, @Nullable GatewayError error) {
    boolean key = error != null && error.isAccess() && !error.isModelNotAllowed();
    return key ? new TaskAnswer.Denied(answer.reason(), answer.evidence()) : trouble(answer);
  }

  private TaskAnswer.Trouble trouble(Answer answer) {
    Reason reason =
        answer.isSuccess() && answer.error() == null
            ? answer.reason(
                "unreadable_answer", Message.of("the answer shows no status of the task"))
            : answer.reason();
    return new TaskAnswer.Trouble(reason, answer.pause(), answer.evidence());
  }

  private TaskAnswer withStatus(Answer answer, String raw) {
    JsonNode root = answer.root();
    String status = answer.word(raw);
    return switch (StatusWord.of(raw)) {
      case SUCCEEDED -> new TaskAnswer.Succeeded(status, video(root), answer.evidence());
      case SUCCEEDED_WITH_LINK -> {
        Video video = video(root);
        yield video.link() == null
            ? working(answer, status)
            : new TaskAnswer.Succeeded(status, video, answer.evidence());
      }
      case FAILED -> failed(answer, status, failure(answer, raw));
      case EXPIRED -> new TaskAnswer.Expired(status, failure(answer, raw), answer.evidence());
      case WORKING -> working(answer, status);
    };
  }

  private static TaskAnswer failed(Answer answer, String status, Reason reason) {
    GatewayError said = complaint(answer.root());
    boolean prompt =
        (said != null && said.isModeration())
            || moderation(answer.root()) != null
            || GatewayError.isAboutContent(reason.code() + " " + reason.message());
    return new TaskAnswer.Failed(
        status, reason, prompt ? Blame.PROMPT : Blame.PROVIDER, answer.evidence());
  }

  private static TaskAnswer working(Answer answer, String status) {
    return new TaskAnswer.Working(status, percent(answer.root()), answer.evidence());
  }

  private static @Nullable Integer percent(JsonNode root) {
    for (String place : new String[] {"/progress", "/data/progress"}) {
      JsonNode progress = root.at(place);
      double said = number(progress);
      // A fraction, unless it is a whole number: 1 is one percent, 1.0 is all of it.
      boolean fraction = said > 0 && said <= 1 && progress.isFloatingPointNumber();
      if (!Double.isNaN(said)) {
        return percent(fraction ? said * 100 : said);
      }
    }
    double share = number(root.at("/detail/pending_info/progress_pct"));
    return Double.isNaN(share) ? null : percent(share > 1 ? share : share * 100);
  }

  private static int percent(double said) {
    return (int) Math.floor(Math.max(0, Math.min(100, said)));
  }

  private static double number(JsonNode node) {
    if (node.isNumber()) {
      return node.asDouble(Double.NaN);
    }
    if (node.isString() && node.stringValue().strip().matches("\\d{1,9}(\\.\\d{1,20})?\\s*%?")) {
      return Double.parseDouble(node.stringValue().replace("%", "").strip());
    }
    return Double.NaN;
  }

  /** Where an answer says that the video is. */
  Video video(JsonNode root) {
    URI link = firstLink(root, LINK);
    JsonNode expiresAt = root.path("expires_at");
    return new Video(
        link,
        firstLink(root, THUMBNAIL),
        VideoLink.expiry(link, expiresAt.isValueNode() ? expiresAt : root.at("/data/expires_at")));
  }

  // A link with the key in it would hand the key to whoever reads the report.
  private @Nullable URI firstLink(JsonNode root, String... places) {
    for (String place : places) {
      JsonNode node = root.at(place);
      URI link = node.isString() ? VideoLink.read(redaction.clean(node.stringValue())) : null;
      if (link != null) {
        return link;
      }
    }
    return null;
  }

  private static Reason failure(Answer answer, String status) {
    JsonNode root = answer.root();
    GatewayError said = complaint(root);
    String message = said == null ? null : said.message();
    if (message == null) {
      message = Json.text(root, FAILURE);
    }
    String messageZh = said == null ? null : said.messageZh();
    if (messageZh == null && message != null && GatewayError.isChinese(message)) {
      messageZh = message;
    }
    String code = said == null ? null : said.code();
    if (code == null) {
      code = kind(root);
    }
    String word = code == null ? Json.word(status) : code;
    return message == null
        ? answer.reason(word, Message.of("the gateway gives no reason"))
        : answer.reason(word, message, messageZh);
  }

  // An empty error object stands in many answers and says nothing.
  private static @Nullable GatewayError complaint(JsonNode root) {
    for (JsonNode home : List.of(root, root.path("data"))) {
      if (Json.text(home, "/error", "/error/message", "/error/code") != null) {
        return GatewayError.in(home);
      }
    }
    return null;
  }

  private static @Nullable String kind(JsonNode root) {
    String kind = Json.text(root, "/detail/draft_info/kind");
    if (kind != null && !kind.equals("sora_draft")) {
      return kind;
    }
    return moderation(root);
  }

  private static @Nullable String moderation(JsonNode root) {
    String moderation = Json.text(root, "/detail/pending_info/moderation_result/type");
    return moderation == null || moderation.equals("passed") ? null : moderation;
  }
}
