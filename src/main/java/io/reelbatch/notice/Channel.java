package io.reelbatch.notice;

import io.reelbatch.model.Language;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a notice goes to, and what is understood there. Chats get plain text in the one form of
 * theirs that interprets nothing, so that no batch, path or gateway's message can call everybody of
 * a group, nor look like something of ours; nobody is mentioned.
 */
public enum Channel {
  /** A program of one's own: the notice itself. */
  WEBHOOK(Signing.NONE) {
    @Override
    JsonNode message(Notice notice, Target target, Instant now) {
      return JsonMapper.shared().valueToTree(notice);
    }

    @Override
    Optional<String> refusal(String answer) {
      return Optional.empty();
    }
  },

  /**
   * A custom bot of Feishu (Lark).
   *
   * <p>Wire: 自定义机器人使用指南 (open.feishu.cn): rich text {@code post}, in which a person is mentioned by
   * an element of its own and never by text; signed with the key {@code timestamp\nsecret} over
   * nothing, in seconds; 20 KB at most; 200 also for a refusal, {@code code} tells.
   */
  FEISHU(Signing.POSSIBLE) {
    @Override
    JsonNode message(Notice notice, Target target, Instant now) {
      ObjectNode message = JsonMapper.shared().createObjectNode();
      if (target.secret() != null) {
        String timestamp = Long.toString(now.getEpochSecond());
        message.put("timestamp", timestamp);
        message.put("sign", Signature.of(timestamp + "\n" + target.secret(), ""));
      }
      message.put("msg_type", "post");
      String locale = target.language() == Language.ZH ? "zh_cn" : "en_us";
      ObjectNode post = message.putObject("content").putObject("post").putObject(locale);
      post.put("title", notice.title());
      post.putArray("content")
          .addArray()
          .addObject()
          .put("tag", "text")
          .put("text", ChatText.of(notice, target.language(), MOST_BYTES));
      return message;
    }

    @Override
    Optional<String> refusal(String answer) {
      // Older robots say StatusCode, newer ones both.
      return code(answer, "code", "msg", "StatusCode", "StatusMessage");
    }
  },

  /**
   * A custom robot of DingTalk.
   *
   * <p>Wire: 自定义机器人接入 (open.dingtalk.com): {@code text}; only {@code at} mentions anybody; signed
   * with the secret over {@code timestamp\nsecret}, in milliseconds, in the query; 200 also for a
   * refusal, {@code errcode} tells.
   */
  DINGTALK(Signing.POSSIBLE) {
    @Override
    JsonNode message(Notice notice, Target target, Instant now) {
      ObjectNode message = text(notice, target);
      message.putObject("at").put("isAtAll", false);
      return message;
    }

    @Override
    URI address(Target target, Instant now) {
      if (target.secret() == null) {
        return target.address();
      }
      String timestamp = Long.toString(now.toEpochMilli());
      String sign = Signature.of(target.secret(), timestamp + "\n" + target.secret());
      String address = target.address().toString();
      return URI.create(
          address
              + (address.contains("?") ? "&" : "?")
              + "timestamp="
              + timestamp
              + "&sign="
              + URLEncoder.encode(sign, StandardCharsets.UTF_8));
    }

    @Override
    Optional<String> refusal(String answer) {
      return code(answer, "errcode", "errmsg", "errcode", "errmsg");
    }
  },

  /**
   * A group robot of WeCom.
   *
   * <p>Wire: 群机器人配置说明 (developer.work.weixin.qq.com): {@code text} of at most 2048 bytes; only
   * {@code mentioned_list} mentions anybody; 200 also for a refusal, {@code errcode} tells.
   */
  WECOM(Signing.NONE) {
    @Override
    JsonNode message(Notice notice, Target target, Instant now) {
      return text(notice, target);
    }

    @Override
    Optional<String> refusal(String answer) {
      return code(answer, "errcode", "errmsg", "errcode", "errmsg");
    }
  },

  /**
   * An incoming webhook of Slack.
   *
   * <p>Wire: Sending messages using incoming webhooks; Formatting text for app surfaces
   * (docs.slack.dev): {@code &}, {@code <} and {@code >} are control characters and are written as
   * entities; {@code ok} in plain text when it was taken.
   */
  SLACK(Signing.NONE) {
    @Override
    JsonNode message(Notice notice, Target target, Instant now) {
      String text =
          (notice.title() + "\n" + ChatText.of(notice, target.language(), MOST_BYTES))
              .replace("&", "&amp;")
              .replace("<", "&lt;")
              .replace(">", "&gt;");
      return JsonMapper.shared()
          .createObjectNode()
          .put("text", text)
          .put("mrkdwn", false)
          .put("unfurl_links", false);
    }

    @Override
    Optional<String> refusal(String answer) {
      return answer.strip().equals("ok") ? Optional.empty() : Optional.of(answer);
    }
  };

  /** Whether a secret can sign the messages of a channel. */
  private enum Signing {
    POSSIBLE,
    NONE
  }

  // WeCom, the strictest of all, takes 2048.
  private static final int MOST_BYTES = 2000;

  private final Signing signing;

  Channel(Signing signing) {
    this.signing = signing;
  }

  /** As the settings call it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a secret is of any use to it. */
  public boolean signs() {
    return signing == Signing.POSSIBLE;
  }

  /** The body of the request. */
  abstract JsonNode message(Notice notice, Target target, Instant now);

  /** Where it goes. */
  URI address(Target target, Instant now) {
    return target.address();
  }

  /** Why the body of an answer with a good status is a refusal; empty if it is none. */
  abstract Optional<String> refusal(String answer);

  private static ObjectNode text(Notice notice, Target target) {
    ObjectNode message = JsonMapper.shared().createObjectNode().put("msgtype", "text");
    message
        .putObject("text")
        .put("content", notice.title() + "\n" + ChatText.of(notice, target.language(), MOST_BYTES));
    return message;
  }

  private static Optional<String> code(
      String answer, String code, String said, String olderCode, String olderSaid) {
    JsonNode json = json(answer);
    String key = json != null && json.has(code) ? code : olderCode;
    if (json == null || !json.path(key).isNumber()) {
      return Optional.of("an answer without " + code + ": " + answer);
    }
    return json.path(key).asInt() == 0
        ? Optional.empty()
        : Optional.of(
            key
                + " "
                + json.path(key).asInt()
                + ": "
                + json.path(key.equals(code) ? said : olderSaid).asString(""));
  }

  private static @Nullable JsonNode json(String answer) {
    try {
      return JsonMapper.shared().readTree(answer);
    } catch (JacksonException e) {
      return null;
    }
  }
}
