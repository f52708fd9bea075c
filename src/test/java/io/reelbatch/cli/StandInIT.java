package io.reelbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The real program, killed again and again, at a gateway by another hand that loses answers. What
 * was paid for is judged by that gateway's log alone. Three kills here; {@code -Pstandin} makes it
 * twenty-five.
 */
class StandInIT {

  private static final int KILLS = Integer.getInteger("reelbatch.standin.kills", 3);
  private static final int ROWS = 20 + 14 * KILLS;
  private static final int IN_FLIGHT = 8;

  @TempDir Path folder;

  @Test
  void noRowIsPaidForTwiceAndNoTaskIsLostHoweverOftenItIsKilled() throws Exception {
    Faults faults = new Faults();
    try (StandIn gateway = new StandIn(faults)) {
      Path csv = csv();

      for (int kill = 1; kill <= KILLS; kill++) {
        try (Program program = run(csv, gateway)) {
          int until = 12 * kill;
          await(() -> gateway.log().size() >= until || !program.isRunning());
          Thread.sleep(faults.some(120)); // somewhere between two commits
          program.kill();
        }
      }
      int exit;
      try (Program last = run(csv, gateway)) {
        exit = last.exit();
      }

      judge(gateway, faults, exit);
    }
  }

  private void judge(StandIn gateway, Faults faults, int exit) throws IOException {
    Map<String, List<String>> made =
        gateway.log().stream()
            .filter(sent -> !sent.task().isEmpty())
            .collect(
                Collectors.groupingBy(
                    StandIn.Sent::prompt,
                    Collectors.mapping(StandIn.Sent::task, Collectors.toList())));
    List<JsonNode> report = report();

    assertThat(made.values()).as("tasks of each row").allMatch(tasks -> tasks.size() == 1);
    assertThat(report).hasSize(ROWS);
    int doubts = 0;
    for (JsonNode row : report) {
      String prompt = row.path("prompt").asString();
      String state = row.path("state").asString();
      if (state.equals("IN_DOUBT")) {
        doubts++;
        assertThat(row.path("error_code").asString("")).as(prompt).isNotEmpty();
      } else {
        assertThat(state).as(prompt).isEqualTo("SUCCEEDED");
        assertThat(List.of(row.path("task_id").asString())).isEqualTo(made.get(prompt));
      }
    }
    assertThat(doubts).isLessThanOrEqualTo(faults.lost() + KILLS * IN_FLIGHT);
    assertThat(exit).isEqualTo(doubts > 0 ? 7 : 0);
    System.out.printf(
        "stand-in: %d rows, %d kills, %d requests, %d tasks, %d in doubt; rows with two tasks: 0,"
            + " tasks lost: 0%n",
        ROWS, KILLS, gateway.log().size(), made.size(), doubts);
  }

  /** Most orders go well. The others are lost in every way that a network and a gateway have. */
  private static final class Faults implements StandIn.Manner {

    private static final String[] IDS = {
      "sora-2:task_%04d", "grok:0000/%04d", "veo3.1-fast:17/00%%2F:%04d", "video_%04d", "任务 %04d?"
    };

    private final Random random = new Random(20261120);
    private int lost;

    synchronized int some(int most) {
      return random.nextInt(most);
    }

    synchronized int lost() {
      return lost;
    }

    private synchronized int draw() {
      int fault = random.nextInt(40);
      lost += fault < 7 ? 1 : 0;
      return fault;
    }

    @Override
    public void answer(StandIn.Order order, StandIn.Reply reply)
        throws IOException, InterruptedException {
      String id = IDS[order.number() % IDS.length].formatted(order.number());
      String taken = "{\"id\":\"" + id + "\",\"status\":\"pending\"}";
      int fault = draw();
      if (fault == 8) {
        reply.json(429, "{\"code\":\"fail_to_fetch_task\",\"message\":\"当前分组上游负载已饱和，请稍后再试\"}");
        return;
      }
      if (fault != 0) {
        reply.make(id);
      }
      Thread.sleep(some(100));
      switch (fault) {
        case 0, 1 -> {} // hangs up; only the second has made the task
        case 2 -> reply.half(taken);
        case 3 -> reply.json(200, "{\"error\":{\"message\":\"internal\",\"code\":\"oops\"}}");
        case 4 -> reply.json(200, "{}");
        case 5 -> reply.whole(502, "text/html", "<html><title>Bad Gateway</title></html>");
        case 6 -> reply.json(500, "{\"code\":\"read_response_body_failed\",\"message\":\"x\"}");
        case 7 -> {
          Thread.sleep(1500);
          reply.json(200, taken);
        }
        default -> reply.json(200, taken);
      }
    }
  }

  private Program run(Path csv, StandIn gateway) {
    Map<String, String> environment = new HashMap<>();
    environment.put("REELBATCH_GATEWAY_BASE_URL", gateway.url().toString());
    environment.put("REELBATCH_API_KEY", "sk-stand-in");
    List<String> arguments =
        new ArrayList<>(List.of("run", csv.toString(), "--rate", "40/s", "--max-active", "100"));
    arguments.addAll(List.of("--home", folder.resolve("home").toString()));
    for (String setting :
        List.of(
            "poll.first=200ms",
            "poll.interval=150ms",
            "poll.rate=200/s",
            "brakes.doubts-in-a-row=0",
            "brakes.doubt-share=0",
            "brakes.first-failures=0",
            "brakes.canary-refusals=0")) {
      arguments.addAll(List.of("--set", "reelbatch." + setting));
    }
    return Program.start(folder, environment, arguments.toArray(String[]::new));
  }

  private Path csv() throws IOException {
    String rows =
        IntStream.range(0, ROWS).mapToObj(i -> "row " + i).collect(Collectors.joining("\n"));
    return Files.writeString(folder.resolve("shots.csv"), "prompt\n" + rows + "\n");
  }

  private List<JsonNode> report() throws IOException {
    return Arrays.stream(
            Files.readString(folder.resolve("shots-results").resolve("results.jsonl")).split("\n"))
        .map(JsonMapper.shared()::readTree)
        .toList();
  }

  private static void await(java.util.function.BooleanSupplier condition)
      throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it did not happen within a minute").isLessThan(end);
      Thread.sleep(5);
    }
  }
}
