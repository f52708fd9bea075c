package io.reelbatch.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A headless Chromium, driven through ChromeDriver by the WebDriver protocol. */
final class Browser implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process driver;
  private final String session;

  /** Opens one with a profile of its own. */
  Browser(Path profile) throws IOException, InterruptedException {
    driver = new ProcessBuilder("chromedriver", "--port=0").redirectErrorStream(true).start();
    String root = "http://127.0.0.1:" + port(driver) + "/session";
    List<String> arguments =
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--autoplay-policy=no-user-gesture-required",
            "--user-data-dir=" + profile);
    JsonNode made =
        request(
            root,
            Map.of(
                "capabilities",
                Map.of(
                    "alwaysMatch",
                    Map.of(
                        "goog:chromeOptions",
                        Map.of("args", arguments),
                        "goog:loggingPrefs",
                        Map.of("browser", "ALL")))));
    session = root + "/" + made.path("sessionId").asString();
  }

  private static int port(Process driver) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(driver.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.contains("started successfully on port")) {
        return Integer.parseInt(line.replaceAll(".*port (\\d+).*", "$1"));
      }
    }
    throw new IOException("chromedriver did not start");
  }

  void open(Path page) {
    post("/url", Map.of("url", page.toUri().toString()));
  }

  /** Runs the body of a function in the page; what it returns. */
  JsonNode run(String script, Object... arguments) {
    return post("/execute/sync", Map.of("script", script, "args", List.of(arguments)));
  }

  /** Waits for what the promise of the function's body brings. */
  JsonNode await(String script) {
    String waiting =
        "const done = arguments[arguments.length - 1]; (async () => {"
            + script
            + "})().then(done, e => done('failed: ' + e))";
    return post("/execute/async", Map.of("script", waiting, "args", List.of()));
  }

  /** Presses keys where the focus is. */
  void type(String text) {
    JsonNode active =
        request(session + "/element/active", null).path("element-6066-11e4-a52e-4f735466cecf");
    post("/element/" + active.asString() + "/value", Map.of("text", text));
  }

  void click(String selector) {
    post("/element/" + find(selector) + "/click", Map.of());
  }

  private String find(String selector) {
    return post("/element", Map.of("using", "css selector", "value", selector))
        .path("element-6066-11e4-a52e-4f735466cecf")
        .asString();
  }

  void devTools(String command, Map<String, ?> parameters) {
    post("/goog/cdp/execute", Map.of("cmd", command, "params", parameters));
  }

  /** What the console says, warnings and errors. */
  List<String> console() {
    return post("/se/log", Map.of("type", "browser"))
        .valueStream()
        .map(entry -> entry.path("message").asString())
        .toList();
  }

  /** As large as the page. */
  void photograph(Path picture, int width, int most) throws IOException {
    devTools(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    int height = run("return document.documentElement.scrollHeight").asInt();
    devTools(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width",
            width,
            "height",
            Math.min(height, most),
            "deviceScaleFactor",
            1,
            "mobile",
            false));
    write(picture, request(session + "/screenshot", null));
  }

  void print(Path pdf) throws IOException {
    write(pdf, post("/print", Map.of("background", true)));
  }

  private static void write(Path file, JsonNode base64) throws IOException {
    Files.write(file, Base64.getDecoder().decode(base64.asString()));
  }

  private JsonNode post(String path, Map<String, ?> body) {
    return request(session + path, body);
  }

  private JsonNode request(String url, @org.jspecify.annotations.Nullable Map<String, ?> body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (body != null) {
      request.POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
    }
    try {
      String answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
      JsonNode value = JSON.readTree(answer).path("value");
      if (value.has("error")) {
        throw new IllegalStateException(value.path("message").asString());
      }
      return value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      http.send(
          HttpRequest.newBuilder(URI.create(session)).DELETE().build(),
          HttpResponse.BodyHandlers.discarding());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      driver.destroy();
    }
  }
}
