package io.reelbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.notice.ChatServer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key, and who may read what a run leaves behind. */
class SecretsIT {

  private static final String KEY = "sk-Most/Secret+0123456789";

  /** In the address of a chat's robot, and the secret that signs what it is told. */
  private static final String HOOK = "hook-Most-Secret-0123456789";

  private static final String SIGNS = "SEC-Most-Secret-0123456789";

  /** Of a proxy, a database and another account. */
  private static final String PROXY = "proxy-Most-Secret-0123456789";

  private static final String DATABASE = "db-Most-Secret-0123456789";
  private static final String OTHER_KEY = "sk-Other-Secret-0123456789";

  @TempDir Path folder;

  /** Where the user keeps secrets. */
  @TempDir Path safe;

  @Test
  void whatARunLeavesBehindHoldsNoKeyAndIsForTheUserAlone() throws Exception {
    try (StandIn gateway = new StandIn(new Parrot());
        ChatServer chat =
            new ChatServer("{\"errcode\":1,\"errmsg\":\"" + HOOK + " " + SIGNS + "\"}");
        Program program = run(gateway, chat, "ok", "refused", "page", "garbled", "half", "fails")) {
      String command =
          ProcessHandle.of(program.pid()).flatMap(it -> it.info().commandLine()).orElse("");

      assertThat(program.exit()).isEqualTo(7);

      assertThat(gateway.keys()).isNotEmpty().containsOnly("Bearer " + KEY);
      assertThat(command).doesNotContain(KEY);
      assertThat(program.err()).as("the log is really at DEBUG").contains(" DEBUG ");
      assertThat(program.err()).contains("***");
      assertThat(chat.messages()).isNotEmpty();
      assertThat(chat.messages().get(0).target().toString()).contains(HOOK, "&sign=");
      assertThat(chat.messages().toString()).doesNotContain(KEY, SIGNS);
      assertThat(program.err()).contains("could not notify team (dingtalk): errcode 1: *** ***");
      assertNowhere(KEY);
      assertThat(command).doesNotContain(HOOK, SIGNS, PROXY, DATABASE, OTHER_KEY);
      assertNowhere(HOOK);
      assertNowhere(PROXY);
      assertNowhere(DATABASE);
      assertNowhere(OTHER_KEY);
      assertNowhere(SIGNS);
      assertForTheUserAlone();
    }
  }

  @Test
  void aKeyOnTheCommandLineIsRefusedAndNotRepeated() throws Exception {
    try (Program program =
        Program.start(
            folder,
            Map.of(),
            "run",
            Files.writeString(folder.resolve("shots.csv"), "prompt\none\n").toString(),
            "--home",
            folder.resolve("home").toString(),
            "--set",
            "reelbatch.apiKey=" + KEY)) {
      assertThat(program.exit()).isEqualTo(2);
      assertThat(program.err()).contains("REELBATCH_API_KEY", "every user").doesNotContain(KEY);
    }
  }

  @Test
  void neitherAnotherAccountsKeyNorTheProxysPasswordIsTakenFromTheCommandLine() throws Exception {
    for (String setting :
        List.of(
            "REELBATCH_API_KEY_OTHER=" + OTHER_KEY,
            "reelbatch.accounts.other.apiKey=" + OTHER_KEY,
            "reelbatch.gateway.proxy=http://me:" + PROXY + "@proxy.example:3128")) {
      try (Program program = Program.start(folder, Map.of(), "config", "--set", setting)) {
        assertThat(program.exit()).isEqualTo(2);
        assertThat(program.out() + program.err())
            .contains("every user")
            .doesNotContain(OTHER_KEY, PROXY);
      }
    }
  }

  @Test
  void aWebhookOnTheCommandLineIsRefusedAndNotRepeated() throws Exception {
    try (Program program =
        Program.start(
            folder,
            Map.of(),
            "run",
            Files.writeString(folder.resolve("shots.csv"), "prompt\none\n").toString(),
            "--home",
            folder.resolve("home").toString(),
            "--set",
            "REELBATCH.notify.team.url=https://chat.example/" + HOOK)) {
      assertThat(program.exit()).isEqualTo(2);
      assertThat(program.err()).contains("secret", "every user").doesNotContain(HOOK);
    }
  }

  private void assertForTheUserAlone() throws IOException {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    List<String> open = new ArrayList<>();
    for (Path where : List.of(folder.resolve("home"), folder.resolve("shots-results"))) {
      try (Stream<Path> all = Files.walk(where)) {
        for (Path path : all.toList()) {
          String may = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
          if (!may.equals(Files.isDirectory(path) ? "rwx------" : "rw-------")) {
            open.add(may + " " + path.getFileName());
          }
        }
      }
    }
    assertThat(open).isEmpty();
  }

  /** Says the key back wherever something can be said. */
  private static final class Parrot implements StandIn.Manner {

    @Override
    public void answer(StandIn.Order order, StandIn.Reply reply) throws IOException {
      String escaped = KEY.replace("/", "\\/");
      String head = "X-Oneapi-Request-Id: " + KEY + "\r\nSet-Cookie: key=" + KEY;
      String complaint =
          "{\"error\":{\"message\":\"your key %s, or %s (request id: %s)\",\"message_zh\":\"密钥 %s\",\"code\":\"%s\"}}"
              .formatted(KEY, escaped, KEY, KEY, KEY);
      switch (order.prompt()) {
        case "refused" -> reply.json(400, complaint, head);
        case "page" -> reply.whole(502, "text/html", "<html><title>" + KEY + "</title>", head);
        case "garbled" -> reply.bytes("HTTP/1.1 200 OK\r\n" + KEY + "\r\n\r\n");
        case "half" ->
            reply.half("{\"message\":\"" + KEY + "\",\"id\":\"" + "x".repeat(99) + "\"}");
        default -> {
          String id = order.prompt() + ":" + order.number();
          reply.make(id);
          reply.json(200, "{\"id\":\"" + id + "\",\"message\":\"" + KEY + "\"}", head);
        }
      }
    }

    @Override
    public String task(String id) {
      return id.startsWith("fails")
          ? "{\"status\":\"failed\",\"error\":{\"message\":\""
              + KEY
              + "\",\"code\":\""
              + KEY
              + "\"}}"
          : "{\"status\":\"completed\",\"video_url\":\"https://cdn.example/v.mp4?key="
              + KEY
              + "\"}";
    }
  }

  private Program run(StandIn gateway, ChatServer chat, String... prompts) throws IOException {
    Path csv =
        Files.writeString(
            folder.resolve("shots.csv"), "prompt\n" + String.join("\n", prompts) + "\n");
    Map<String, String> environment = new HashMap<>();
    environment.put("REELBATCH_GATEWAY_BASE_URL", gateway.url().toString());
    environment.put("REELBATCH_API_KEY", KEY);
    environment.put("REELBATCH_API_KEY_OTHER", OTHER_KEY);
    environment.put("REELBATCH_GATEWAY_PROXY", "http://me:" + PROXY + "@127.0.0.1:9");
    environment.put("SPRING_DATASOURCE_PASSWORD", DATABASE);
    environment.put("REELBATCH_NOTIFY_TEAM_KIND", "dingtalk");
    environment.put("REELBATCH_NOTIFY_TEAM_URL", chat.url("/send?access_token=" + HOOK).toString());
    environment.put(
        "REELBATCH_NOTIFY_TEAM_SECRET_FILE",
        Files.writeString(safe.resolve("signs"), SIGNS + "\n").toString());
    for (String logger :
        List.of(
            "ROOT",
            "ORG_SPRINGFRAMEWORK_BOOT_CONTEXT_PROPERTIES",
            "ORG_SPRINGFRAMEWORK_CORE_ENV",
            "IO_REELBATCH",
            "ORG_APACHE_HC_CLIENT5_HTTP",
            "ORG_APACHE_HC_CLIENT5_HTTP_HEADERS",
            "ORG_APACHE_HC_CLIENT5_HTTP_WIRE",
            "ORG_SPRINGFRAMEWORK_BATCH",
            "ORG_SPRINGFRAMEWORK_BOOT_SPRINGAPPLICATION")) {
      environment.put("LOGGING_LEVEL_" + logger, "TRACE");
    }
    return Program.start(
        folder,
        environment,
        "run",
        csv.toString(),
        "--home",
        folder.resolve("home").toString(),
        "--rate",
        "50/s",
        "--set",
        "reelbatch.poll.first=50ms",
        "--set",
        "reelbatch.poll.interval=100ms",
        "--set",
        "reelbatch.brakes.doubts-in-a-row=0",
        "--set",
        "reelbatch.brakes.doubt-share=0");
  }

  private void assertNowhere(String secret) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(where(bytes, secret)).as(file.toString()).isEmpty();
        assertThat(where(bytes, secret.replace("/", "\\/"))).as(file.toString()).isEmpty();
        assertThat(where(bytes, URLEncoder.encode(secret, StandardCharsets.UTF_8)))
            .as(file.toString())
            .isEmpty();
      }
    }
  }

  /** What stands around it: the whole file would fill the screen. */
  private static String where(String text, String what) {
    int at = text.indexOf(what);
    return at < 0 ? "" : text.substring(Math.max(0, at - 100), at + what.length());
  }
}
