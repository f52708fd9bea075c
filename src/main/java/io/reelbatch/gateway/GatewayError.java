package io.reelbatch.gateway;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an answer complains about, whichever envelope it came in.
 *
 * <p>Wire: {@code error.message}, {@code error.message_zh}, {@code error.type}
 * (003_46f25b07e1382a24.txt, 000_627d03da58f7585c.txt). Assumed: {@code error.code} and {@code
 * error.localized_message}; {@code code} and {@code message} without {@code error}; {@code error}
 * as text; a whole answer of the gateway's own supplier as JSON inside {@code message}. Assumed
 * too: every code and text named below.
 *
 * @param code the innermost code, or else type; null when there is neither
 * @param message the innermost message; null when there is none
 * @param messageZh the Chinese message, also when it is the only one
 * @param named whether the gateway gave a code that is a word
 * @param own codes and types that the gateway itself gave, in lower case
 * @param relayed those that it passed on from its supplier
 * @param texts the beginnings of all messages; further on, a message may quote the prompt, and a
 *     prompt must not decide about money
 */
record GatewayError(
    @Nullable String code,
    @Nullable String message,
    @Nullable String messageZh,
    boolean named,
    Set<String> own,
    Set<String> relayed,
    List<String> texts) {

  private static final int DEEPEST = 3;
  private static final int TELLING = 120;

  private static final Set<String> NO_ERROR = Set.of("success", "ok", "succeed", "0", "200");

  private static final String PASSED_ON = "fail_to_fetch_task";

  private static final Set<String> QUOTA =
      Set.of(
          "insufficient_user_quota",
          "pre_consume_token_quota_failed",
          "insufficient_quota",
          "quota_not_enough",
          "billing_hard_limit_reached",
          "billing_not_active");
  private static final Pattern QUOTA_TEXT =
      Pattern.compile(
          "用户额度不足|预扣费额度失败|preConsumedQuota|credit limit is insufficient", Pattern.CASE_INSENSITIVE);

  private static final Set<String> MODERATION =
      Set.of(
          "sentinel_block",
          "content_policy_violation",
          "sensitive_words_detected",
          "prompt_blocked",
          "moderation_blocked",
          "sora_content_violation");
  private static final Pattern MODERATION_TEXT =
      Pattern.compile("may violate our guardrails", Pattern.CASE_INSENSITIVE);
  // Enough to tell whom a failed task is to be blamed on; not enough to call a request refused.
  private static final Pattern ABOUT_CONTENT_TEXT =
      Pattern.compile(
          "moderat|guardrail|content[ _]policy|content[ _]violation|polic(?:y|ies)\\b.{0,40}violat"
              + "|violat.{0,60}polic|third[ -]party (?:content|likeness)|copyright|nudity|sensitive"
              + "|safety (?:system|filter)|审核|违规|违反|敏感|不合规|版权|侵权",
          Pattern.CASE_INSENSITIVE);

  /** Whether the text of a failure speaks of what the prompt or its pictures show. */
  static boolean isAboutContent(String text) {
    return ABOUT_CONTENT_TEXT.matcher(text).find();
  }

  private static final Set<String> PERHAPS_MADE =
      Set.of(
          "read_response_body_failed",
          "unmarshal_response_body_failed",
          "invalid_response",
          "do_request_failed",
          "task_insert_failed");

  private static final Set<String> NO_CHANNEL = Set.of("model_not_found", "get_channel_failed");
  private static final Pattern NO_CHANNEL_TEXT = Pattern.compile("无可用渠道");

  private static final Set<String> SATURATED =
      Set.of("token_concurrency_limit_reached", "token_concurrency_unavailable");
  private static final Pattern SATURATED_TEXT =
      Pattern.compile("负载已饱和|upstream load (?:is|has been) saturated", Pattern.CASE_INSENSITIVE);

  private static final Pattern TOO_MANY_TASKS_TEXT =
      Pattern.compile(
          "负载已饱和|saturated|concurren|并发|too many (?:active|running|pending|unfinished)"
              + "|(?:tasks|jobs|videos|generations) (?:are )?(?:already )?"
              + "(?:in progress|running|active|pending)|任务数",
          Pattern.CASE_INSENSITIVE);

  private static final Set<String> TOO_FAST = Set.of("rate_limit_exceeded", "too_many_requests");
  private static final Pattern TOO_FAST_TEXT =
      Pattern.compile(
          "请求数限制|请求过于频繁|rate limit|too many requests|(?:per|a) (?:second|minute|hour)\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern MODEL_NOT_ALLOWED_TEXT =
      Pattern.compile(
          "无权访问模型"
              + "|(?:no access|not allowed|not permitted|no permission|not authorized"
              + "|not have access)\\b.{0,40}\\bmodel"
              + "|\\bmodel\\b.{0,60}\\b(?:not allowed|not permitted|not authorized)",
          Pattern.CASE_INSENSITIVE);

  private static final Set<String> ACCESS =
      Set.of("access_denied", "invalid_api_key", "unsupported_country_region_territory");
  private static final Pattern ACCESS_TEXT = Pattern.compile("无权访问");

  private static final Set<String> TASK_UNKNOWN = Set.of("task_not_exist", "task_not_found");
  private static final Pattern TASK_UNKNOWN_TEXT =
      Pattern.compile(
          "\\b(?:task|video)[ _](?:is[ _])?not[ _](?:exist|found)|\\btask does not exist|任务不存在",
          Pattern.CASE_INSENSITIVE);

  private static final Set<String> ROUTE_MISSING = Set.of("api_not_implemented", "not_implemented");
  private static final Pattern ROUTE_MISSING_TEXT =
      Pattern.compile(
          "^\\s*(?:invalid url\\b|not found\\W*$|404 page not found|no route matched|cannot post /"
              + "|cannot get /)",
          Pattern.CASE_INSENSITIVE);

  /** The complaint in this answer; null when there is none. */
  static @Nullable GatewayError in(JsonNode root) {
    return in(root, DEEPEST);
  }

  private static @Nullable GatewayError in(JsonNode root, int depth) {
    JsonNode error = root.path("error");
    JsonNode home = error.isObject() ? error : root;
    String code = code(home.path("code"));
    if (code == null) {
      code = code(root.path("code"));
    }
    String type = Json.text(home, "/type");
    String message = Json.text(home, "/message");
    if (message == null) {
      message = Json.text(root, "/error", "/message", "/msg", "/detail", "/error_message");
    }
    String chinese = Json.text(home, "/message_zh");
    String localized = chinese != null ? chinese : Json.text(home, "/localized_message");
    boolean typed = type != null && error.isObject(); // else it is some other object's type
    if (code == null && message == null && localized == null && !typed) {
      return null;
    }
    if (chinese == null && localized != null && isChinese(localized)) {
      chinese = localized;
    }
    return compose(
        code, type, message == null ? localized : message, chinese, nested(message, depth));
  }

  private static GatewayError compose(
      @Nullable String code,
      @Nullable String type,
      @Nullable String message,
      @Nullable String chinese,
      @Nullable GatewayError inner) {
    Set<String> own = new HashSet<>();
    add(own, code);
    add(own, type);
    Set<String> relayed = new HashSet<>();
    String shownCode = code != null ? code : type;
    String shownMessage = message;
    boolean named = isWord(code);
    List<String> texts = new ArrayList<>();
    add(texts, message);
    add(texts, chinese);
    if (inner != null) {
      relayed.addAll(inner.own);
      relayed.addAll(inner.relayed);
      shownCode = inner.code != null ? inner.code : shownCode;
      shownMessage = inner.message != null ? inner.message : shownMessage;
      named = named || inner.named;
      texts.addAll(inner.texts);
    }
    String zh = chinese != null || inner == null ? chinese : inner.messageZh;
    if (zh == null && shownMessage != null && isChinese(shownMessage)) {
      zh = shownMessage;
    }
    return new GatewayError(shownCode, shownMessage, zh, named, own, relayed, texts);
  }

  // Gateways of this family put their supplier's whole answer into the message.
  private static @Nullable GatewayError nested(@Nullable String message, int depth) {
    if (message == null || depth == 0) {
      return null;
    }
    int open = message.indexOf('{');
    int close = message.lastIndexOf('}');
    if (open < 0 || close < open) {
      return null;
    }
    JsonNode inner = Json.parse(message.substring(open, close + 1));
    return inner.isObject() ? in(inner, depth - 1) : null;
  }

  private static @Nullable String code(JsonNode node) {
    String code = node.isString() || node.isNumber() ? node.asString().strip() : "";
    return code.isEmpty() || NO_ERROR.contains(code.toLowerCase(Locale.ROOT)) ? null : code;
  }

  private static boolean isWord(@Nullable String code) {
    return code != null && !code.chars().allMatch(Character::isDigit);
  }

  private static void add(Set<String> names, @Nullable String name) {
    if (name != null) {
      names.add(Json.word(name));
    }
  }

  private static void add(List<String> texts, @Nullable String text) {
    if (text != null) {
      texts.add(text.substring(0, Math.min(text.length(), TELLING)));
    }
  }

  /** Mostly Chinese: an English sentence may well quote a Chinese prompt, and the reverse. */
  static boolean isChinese(String text) {
    int han = 0;
    int latin = 0;
    boolean first = false;
    for (int c : text.codePoints().toArray()) {
      if (Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN) {
        first = first || latin == 0;
        han++;
      } else if (Character.isLetter(c)) {
        latin++;
      }
    }
    return first || (han > 0 && han * 2 >= latin);
  }

  /** The account has no money left. */
  boolean isQuota() {
    return !isPassedOn() && (is(QUOTA) || says(QUOTA_TEXT));
  }

  /** The gateway's own account at its supplier has no money left; ours is another. */
  boolean isQuotaOfSupplier() {
    return isPassedOn() && (is(QUOTA) || says(QUOTA_TEXT));
  }

  private boolean isPassedOn() {
    return own.contains(PASSED_ON);
  }

  /** The prompt or a picture is not allowed. */
  boolean isModeration() {
    return is(MODERATION) || says(MODERATION_TEXT);
  }

  /** Something may have been made although the gateway could not read what. */
  boolean isPerhapsMade() {
    return is(PERHAPS_MADE);
  }

  /** There was nobody to do the work. */
  boolean isNothingMade() {
    return isNoChannel() || is(SATURATED) || says(SATURATED_TEXT);
  }

  /** The gateway works on as many tasks as it takes at once. */
  boolean isTooManyTasks() {
    return is(SATURATED) || says(TOO_MANY_TASKS_TEXT);
  }

  /** The gateway counts requests, and these were too many. */
  boolean isTooFast() {
    return is(TOO_FAST) || says(TOO_FAST_TEXT);
  }

  /** The gateway has nobody for this model now; other models may go. */
  boolean isNoChannel() {
    return is(NO_CHANNEL) || says(NO_CHANNEL_TEXT);
  }

  boolean isModelNotAllowed() {
    return says(MODEL_NOT_ALLOWED_TEXT);
  }

  /** The key is not allowed here, not only this order. */
  boolean isAccess() {
    return !named || is(ACCESS) || says(ACCESS_TEXT);
  }

  boolean isTaskUnknown() {
    return is(TASK_UNKNOWN) || says(TASK_UNKNOWN_TEXT);
  }

  boolean isRouteMissing() {
    return is(ROUTE_MISSING) || says(ROUTE_MISSING_TEXT);
  }

  private boolean is(Set<String> names) {
    return own.stream().anyMatch(names::contains) || relayed.stream().anyMatch(names::contains);
  }

  private boolean says(Pattern pattern) {
    return texts.stream().anyMatch(text -> pattern.matcher(text).find());
  }
}
