package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.reelbatch.metrics.Exposition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the metrics of whole runs go by HTTP. */
class MetricsOutletsIT {

  private record Taken(
      String method, String path, String authorization, String type, String body) {}

  @TempDir Path folder;

  private final List<Taken> taken = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private BatchWorld world;
  private int status = 200;

  @BeforeEach
  void begin() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          taken.add(
              new Taken(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().getRawPath(),
                  String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                  String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    world = new BatchWorld(folder).csv("prompt", "a", "b");
  }

  @AfterEach
  void end() {
    world.close();
    server.stop(0);
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private Taken last() {
    return taken.get(taken.size() - 1);
  }

  @Test
  void aPushgatewayHasTheLastFiguresOfTheBatchUnderItsName() throws IOException {
    Path password = Files.writeString(folder.resolve("password"), "canary\n");
    world
        .with("reelbatch.metrics.pushgateway.url", url("/below/"))
        .with("reelbatch.metrics.pushgateway.username", "reelbatch")
        .with("reelbatch.metrics.pushgateway.password-file", password.toString());

    assertThat(world.run().ending()).isEqualTo(Ending.SUCCEEDED);

    assertThat(last().method()).isEqualTo("PUT");
    assertThat(last().path()).isEqualTo("/below/metrics/job/reelbatch/batch/shots");
    assertThat(last().type()).startsWith("text/plain");
    assertThat(last().authorization())
        .isEqualTo(
            "Basic "
                + Base64.getEncoder()
                    .encodeToString("reelbatch:canary".getBytes(StandardCharsets.UTF_8)));
    Exposition metrics = Exposition.of(last().body());
    assertThat(metrics.value("reelbatch_last_exit_code", "")).isZero();
    assertThat(metrics.value("reelbatch_rows", "state=\"SUCCEEDED\"")).isEqualTo(2);
  }

  @Test
  void aPushgatewayThatRefusesOrIsNotThereFailsNoRunAndIsToldOfOnce() throws IOException {
    status = 500;
    world
        .with("reelbatch.metrics.pushgateway.url", url(""))
        .with("reelbatch.metrics.every", "20ms");
    assertThat(world.run().ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(taken).isNotEmpty();

    server.stop(0);
    world.csv("prompt", "a", "b", "c");
    assertThat(world.run().ending()).isEqualTo(Ending.SUCCEEDED);

    assertThat(Files.readString(folder.resolve("home").resolve("reelbatch.log")))
        .containsPattern("metrics could not be brought to " + url(""))
        .matches(log -> log.split("could not be brought", -1).length - 1 <= 4);
  }

  @Test
  void aCollectorIsToldByOtlp() {
    world.with("reelbatch.metrics.otlp.url", url("/v1/metrics"));

    assertThat(world.run().ending()).isEqualTo(Ending.SUCCEEDED);

    assertThat(last().method()).isEqualTo("POST");
    assertThat(last().path()).isEqualTo("/v1/metrics");
    assertThat(last().type()).isEqualTo("application/x-protobuf");
    assertThat(last().body())
        .contains("service.name", "reelbatch.last.exit.code", "reelbatch.sends", "shots");
  }

  @Test
  void anAddressWithAPasswordInItIsRefusedWithoutRepeatingIt() {
    world.with("reelbatch.metrics.pushgateway.url", "http://me:canary@127.0.0.1:1/");

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.USAGE);
    assertThat(String.valueOf(result.error()))
        .contains("reelbatch.metrics.pushgateway.url")
        .doesNotContain("canary");
    assertThat(world.sentPrompts()).isEmpty();
  }

  @Test
  void aPasswordThatCannotBeReadIsRefusedBeforeAnythingIsSent() {
    world
        .with("reelbatch.metrics.pushgateway.url", url(""))
        .with("reelbatch.metrics.pushgateway.password-file", folder + "/none");

    RunResult result = world.run();

    assertThat(String.valueOf(result.error()))
        .contains("reelbatch.metrics.pushgateway.password-file");
    assertThat(world.sentPrompts()).isEmpty();
  }
}
