package io.reelbatch.worlds;

import io.reelbatch.gateway.PlayedGateway;
import io.reelbatch.gateway.PlayedGateway.Said;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The gateway of a world: makes tasks, answers well and badly, and keeps a log of all of it. */
final class Provider implements PlayedGateway.Server {

  /** Sees each request at the moment it arrives, before anything comes of it. */
  interface Arrivals {
    void paid(Post post, Optional<String> source);

    void asked(String id);

    void sentBy(Conductor.Player player, Post post);

    /** Whether the request is to fail at this moment; the process may also die there. */
    boolean failsAt(Mishap.Moment moment);
  }

  private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(3);
  private static final JsonMapper JSON = JsonMapper.shared();

  private static final SendFate[] FAULTS = {
    SendFate.TAKEN_WITH_COMPLAINT,
    SendFate.TAKEN_WITH_COMPLAINT,
    SendFate.NEVER_LEFT,
    SendFate.NEVER_LEFT,
    SendFate.NEVER_LEFT,
    SendFate.BUSY,
    SendFate.BUSY,
    SendFate.BUSY_FOR_SECONDS,
    SendFate.BUSY_FOR_SECONDS,
    SendFate.OVERLOADED,
    SendFate.NO_CHANNEL,
    SendFate.BAD_VALUE,
    SendFate.MODERATED,
    SendFate.MADE_AND_TIMED_OUT,
    SendFate.MADE_AND_RESET,
    SendFate.MADE_AND_CUT,
    SendFate.MADE_AND_BROKEN_JSON,
    SendFate.MADE_WITHOUT_ID,
    SendFate.MADE_AND_502,
    SendFate.MADE_AND_500,
    SendFate.TIMED_OUT,
    SendFate.STATUS_502,
    SendFate.STATUS_408,
    SendFate.EMPTY_200
  };

  private final Weather weather;
  private final RandomGenerator random;
  private final Arrivals arrivals;
  private final Consumer<String> trace;
  private final List<Post> posts = new ArrayList<>();
  private final Map<String, Task> tasks = new LinkedHashMap<>();
  private Conductor conductor;
  private int run;
  private boolean calm;
  private boolean keyDead;
  private boolean broke;
  private int underWay;

  Provider(Weather weather, RandomGenerator random, Arrivals arrivals, Consumer<String> trace) {
    this.weather = weather;
    this.random = random;
    this.arrivals = arrivals;
    this.trace = trace;
  }

  /** A run begins. In a calm one nothing goes wrong, and the key and the balance are good. */
  void begins(Conductor conductor, int run, boolean calm) {
    this.conductor = conductor;
    this.run = run;
    this.calm = calm;
    this.keyDead = false;
    this.broke = false;
    this.underWay = 0;
  }

  void keyDies() {
    keyDead = true;
  }

  void balanceIsUsedUp() {
    broke = true;
  }

  List<Post> posts() {
    return posts;
  }

  Map<String, Task> tasks() {
    return tasks;
  }

  int underWay() {
    return underWay;
  }

  @Override
  public Said post(URI address, String json) {
    JsonNode body = JSON.readTree(json);
    String prompt = body.path("prompt").asString();
    conductor.giveWay();
    SendFate fate =
        arrivals.failsAt(Mishap.Moment.BEFORE_IT_LEAVES) ? SendFate.NEVER_LEFT : sendFate();
    if (fate == SendFate.NEVER_LEFT) {
      trace.accept("cannot connect to send '" + prompt + "'");
      conductor.sleep(latency());
      return new Said.Broken(new ConnectException("refused"), false, null, null);
    }
    Post post = new Post(posts.size() + 1, run, prompt, fate, conductor.now());
    posts.add(post);
    underWay++;
    trace.accept(post.toString());
    arrivals.paid(post, source(address, body));
    if (fate.made) {
      Task task = make(prompt);
      tasks.put(task.id, task);
      post.task = Optional.of(task);
      trace.accept("makes " + task.id + " of '" + prompt + "', to end " + task.end);
    }
    arrivals.sentBy(conductor.current(), post);
    if (arrivals.failsAt(Mishap.Moment.AFTER_THE_TASK_IS_MADE)) {
      post.fate = SendFate.MADE_AND_RESET;
    }
    boolean late = fate == SendFate.MADE_AND_TIMED_OUT || fate == SendFate.TIMED_OUT;
    conductor.sleep(late ? ANSWER_TIMEOUT : latency());
    if (arrivals.failsAt(Mishap.Moment.WITHIN_THE_ANSWER)) {
      post.fate = SendFate.MADE_AND_CUT;
    }
    underWay--;
    if (arrivals.failsAt(Mishap.Moment.AFTER_THE_ANSWER)) {
      throw new IllegalStateException("the client broke down over the answer");
    }
    return answer(post);
  }

  private static Optional<String> source(URI address, JsonNode body) {
    String path = address.getRawPath();
    if (path.endsWith("/remix")) {
      return Optional.of(
          decoded(path.substring("/v1/videos/".length(), path.length() - "/remix".length())));
    }
    return body.hasNonNull("task_id")
        ? Optional.of(body.path("task_id").asString())
        : Optional.empty();
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private SendFate sendFate() {
    if (keyDead) {
      return SendFate.KEY_REFUSED;
    }
    if (broke) {
      return SendFate.QUOTA_AS_429;
    }
    if (calm || random.nextDouble() >= weather.sendFaults()) {
      return SendFate.TAKEN;
    }
    if (random.nextInt(40) == 0) {
      return new SendFate[] {SendFate.KEY_REFUSED, SendFate.QUOTA_AS_429, SendFate.ROUTE_MISSING}
          [random.nextInt(3)];
    }
    return FAULTS[random.nextInt(FAULTS.length)];
  }

  private Duration latency() {
    return Duration.ofMillis(
        random.nextInt(10) == 0 ? random.nextInt(60_000) : 20 + random.nextInt(3_000));
  }

  private Task make(String prompt) {
    int n = tasks.size() + 1;
    String id =
        switch (random.nextInt(6)) {
          case 0 -> "sora-2:task_" + n;
          case 1 -> "grok:" + n + "/a%2Fb c+d";
          case 2 -> "video_" + n;
          case 3 -> "任务/" + n + "?x=1&y=#2";
          case 4 -> "T" + n + "'\"\\";
          default -> String.valueOf(1_000 + n);
        };
    Task.End end = Task.End.DONE;
    Duration forgottenAfter = Duration.ZERO;
    Duration forgottenFor = Duration.ZERO;
    if (random.nextDouble() < weather.pollFaults() * 0.5) {
      end =
          new Task.End[] {
                Task.End.FAILED, Task.End.FAILED, Task.End.DONE_WITHOUT_LINK, Task.End.EXPIRED
              }
              [random.nextInt(4)];
    }
    if (random.nextDouble() < weather.lostTasks()) {
      end = Task.End.LOST;
    } else if (!calm && random.nextDouble() < weather.pollFaults() * 0.3) {
      forgottenAfter = Duration.ofSeconds(random.nextInt(100));
      forgottenFor = Duration.ofSeconds(random.nextInt(480));
    }
    return new Task(
        id,
        prompt,
        end,
        conductor.now(),
        Duration.ofMillis(random.nextLong(1, weather.longestTask().toMillis())),
        random.nextInt(4) == 0 ? Duration.ofSeconds(random.nextInt(20)) : Duration.ZERO,
        forgottenAfter,
        forgottenFor);
  }

  private Said answer(Post post) {
    return switch (post.fate) {
      case TAKEN -> whole(200, taken(post.task.orElseThrow()));
      case TAKEN_WITH_COMPLAINT ->
          whole(
              200,
              JSON.writeValueAsString(
                  Map.of(
                      "id",
                      post.task.orElseThrow().id,
                      "error",
                      Map.of("code", "odd", "message", "something is odd"))));
      case NEVER_LEFT -> throw new IllegalStateException("it never left");
      case BUSY -> whole(429, "{\"code\":\"busy\",\"message\":\"later\",\"data\":null}");
      case BUSY_FOR_SECONDS ->
          new Said.Whole(429, "7", "{\"error\":{\"code\":\"rate_limit\",\"message\":\"slow\"}}");
      case OVERLOADED -> new Said.Whole(503, "3", "<html>busy</html>");
      case NO_CHANNEL ->
          whole(503, "{\"error\":{\"message\":\"当前分组无可用渠道\",\"type\":\"new_api_error\"}}");
      case BAD_VALUE -> whole(400, "{\"error\":{\"code\":\"bad_size\",\"message\":\"no\"}}");
      case MODERATED ->
          whole(400, "{\"error\":{\"code\":\"content_policy_violation\",\"message\":\"no\"}}");
      case QUOTA_AS_429 ->
          whole(429, "{\"error\":{\"code\":\"insufficient_user_quota\",\"message\":\"用户额度不足\"}}");
      case KEY_REFUSED -> keyRefused();
      case ROUTE_MISSING -> whole(404, "{\"error\":{\"message\":\"Invalid URL (POST /v1)\"}}");
      case MADE_AND_TIMED_OUT, TIMED_OUT ->
          new Said.Broken(new SocketTimeoutException("Read timed out"), true, null, null);
      case MADE_AND_RESET ->
          new Said.Broken(new SocketException("Connection reset"), true, null, null);
      case MADE_AND_CUT ->
          new Said.Broken(
              new IOException("premature end"), true, 200, taken(post.task.orElseThrow()));
      case MADE_AND_BROKEN_JSON -> {
        String text = taken(post.task.orElseThrow());
        yield whole(200, text.substring(0, text.length() - 2));
      }
      case MADE_WITHOUT_ID, EMPTY_200 -> whole(200, random.nextBoolean() ? "{}" : "");
      case MADE_AND_502, STATUS_502 -> whole(502, "<html><h1>502 Bad Gateway</h1></html>");
      case MADE_AND_500 ->
          whole(500, "{\"error\":{\"code\":\"do_request_failed\",\"message\":\"eof\"}}");
      case STATUS_408 -> whole(408, "");
    };
  }

  private String taken(Task task) {
    if (task.id.chars().allMatch(Character::isDigit) && random.nextBoolean()) {
      return "{\"id\":" + task.id + ",\"status\":\"queued\"}";
    }
    String id = JSON.writeValueAsString(task.id);
    return switch (random.nextInt(3)) {
      case 0 -> "{\"id\":" + id + ",\"status\":\"pending\",\"status_update_time\":1}";
      case 1 -> "{\"code\":\"success\",\"data\":{\"task_id\":" + id + "}}";
      default -> "{\"task_id\":" + id + ",\"object\":\"video\",\"status\":\"queued\"}";
    };
  }

  private static Said keyRefused() {
    return whole(401, "{\"error\":{\"message\":\"无效的令牌\",\"type\":\"new_api_error\"}}");
  }

  private static Said whole(int status, String body) {
    return new Said.Whole(status, null, body);
  }

  @Override
  public Said get(URI address) {
    String path = address.getRawPath();
    String id =
        decoded(
            path.startsWith("/v1/videos/")
                ? path.substring("/v1/videos/".length())
                : address.getRawQuery().substring("id=".length()));
    conductor.giveWay();
    if (arrivals.failsAt(Mishap.Moment.BEFORE_IT_LEAVES)) {
      return new Said.Broken(new ConnectException("refused"), false, null, null);
    }
    arrivals.asked(id);
    Said said = keyDead ? keyRefused() : told(id);
    conductor.sleep(
        said instanceof Said.Broken broken && broken.left() ? ANSWER_TIMEOUT : latency());
    if (arrivals.failsAt(Mishap.Moment.WITHIN_THE_ANSWER)) {
      return new Said.Broken(new IOException("premature end"), true, 200, "{\"status\":");
    }
    if (arrivals.failsAt(Mishap.Moment.AFTER_THE_ANSWER)) {
      throw new IllegalStateException("the client broke down over the answer");
    }
    return said;
  }

  private Said told(String id) {
    Task task = tasks.get(id);
    boolean fault = !calm && random.nextDouble() < weather.pollFaults();
    Said said = fault ? badly(task) : well(task);
    trace.accept("asked after " + id + ": " + said);
    return said;
  }

  private Said badly(Task task) {
    return switch (random.nextInt(11)) {
      case 0 -> new Said.Broken(new SocketTimeoutException("Read timed out"), true, null, null);
      case 1 -> new Said.Broken(new ConnectException("refused"), false, null, null);
      case 2 -> whole(500, "{\"error\":{\"message\":\"oops\"}}");
      case 3 -> whole(502, "<html>Bad Gateway</html>");
      case 4 -> new Said.Whole(429, "5", "{\"error\":{\"message\":\"slow down\"}}");
      case 5 -> whole(200, "{\"status\":\"compl");
      case 6 -> whole(200, "{}");
      case 7 -> whole(200, "{\"status\":\"reticulating splines\",\"progress\":3}");
      case 8 -> whole(200, "[]");
      case 9 ->
          conductor.now() - task.madeAt < Duration.ofSeconds(50).toNanos() ? unknown() : odd(task);
      default -> odd(task);
    };
  }

  /** Says two things at once; the status of the task itself is true. */
  private Said odd(Task task) {
    if (!task.isKnown(conductor.now())) {
      return unknown();
    }
    if (!task.isReady(conductor.now())) {
      return random.nextBoolean()
          ? whole(200, "{\"status\":\"success\",\"data\":{\"status\":\"in_progress\"}}")
          : whole(
              200,
              "{\"status\":\"in_progress\",\"error\":{\"message\":\"old\"},\"video_url\":\"\"}");
    }
    return task.end == Task.End.DONE
        ? whole(
            200,
            "{\"status\":\"completed\",\"error\":{\"message\":\"old\"},"
                + "\"video_url\":\"https://cdn.test/v.mp4\"}")
        : well(task);
  }

  private Said well(Task task) {
    if (!task.isKnown(conductor.now())) {
      return unknown();
    }
    if (!task.isReady(conductor.now())) {
      return whole(200, "{\"status\":\"in_progress\",\"progress\":" + random.nextInt(100) + "}");
    }
    return switch (task.end) {
      case DONE ->
          whole(200, "{\"status\":\"completed\",\"video_url\":\"https://cdn.test/v.mp4\"}");
      case DONE_WITHOUT_LINK -> whole(200, "{\"status\":\"completed\",\"video_url\":null}");
      case FAILED ->
          whole(
              200, "{\"status\":\"failed\",\"error\":{\"code\":\"x\",\"message\":\"it failed\"}}");
      case EXPIRED -> whole(200, "{\"status\":\"expired\"}");
      case LOST -> unknown();
    };
  }

  private Said unknown() {
    return random.nextBoolean()
        ? whole(400, "{\"code\":\"task_not_exist\",\"message\":\"task_not_exist\",\"data\":null}")
        : whole(404, "{\"error\":{\"message\":\"task not found\",\"code\":\"task_not_found\"}}");
  }
}
