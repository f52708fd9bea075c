package io.reelbatch.job;

import io.reelbatch.metrics.Exports;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.DiskTrouble;
import io.reelbatch.model.Message;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Where metrics go; nowhere by default. Bound by hand, and only where one of them is set: a run
 * without metrics loads nothing of it.
 *
 * @param textfile for the node exporter's textfile collector: a file that ends in .prom, or a
 *     folder, where each batch has a file of its own
 * @param every how often they are brought anywhere
 */
@ConfigurationProperties(prefix = "reelbatch.metrics", ignoreUnknownFields = false)
public record MetricsProperties(
    @Nullable String textfile,
    @DefaultValue("15s") Duration every,
    @DefaultValue Pushgateway pushgateway,
    @DefaultValue Otlp otlp) {

  private static final String PREFIX = "reelbatch.metrics.";
  private static final List<String> PLACES =
      List.of(PREFIX + "textfile", PREFIX + "pushgateway.url", PREFIX + "otlp.url");

  /** Checks them. */
  public MetricsProperties {
    Allowed.positive("every", every);
  }

  /**
   * A Prometheus Pushgateway.
   *
   * @param url address of a Pushgateway, as http://pushgateway:9091
   * @param username of the Pushgateway, where it asks for one
   * @param password of that user; best in the environment, or in a file of its own
   * @param passwordFile a file that holds the password and nothing else
   * @param timeout longest wait for the connection to it, and for its answer
   */
  public record Pushgateway(
      @Nullable String url,
      @Nullable String username,
      @Nullable String password,
      @Nullable String passwordFile,
      @DefaultValue("3s") Duration timeout) {

    /** Checks them. */
    public Pushgateway {
      Allowed.positive("pushgateway.timeout", timeout);
    }

    @Override
    public String toString() {
      return "Pushgateway " + url;
    }

    private Exports.@Nullable Push push() {
      URI address = address("pushgateway.url", url);
      return address == null ? null : new Exports.Push(address, username, secret(), timeout);
    }

    private @Nullable String secret() {
      if (password != null || passwordFile == null) {
        return password;
      }
      try {
        return Files.readString(Path.of(passwordFile)).strip();
      } catch (IOException | InvalidPathException e) {
        throw wrong(
            "pushgateway.password-file",
            e instanceof IOException failure
                ? Message.of("it cannot be read: {0}", DiskTrouble.words(failure))
                : Message.of("it is no path"));
      }
    }
  }

  /**
   * A collector that speaks OTLP over HTTP.
   *
   * @param url where a collector takes metrics, as http://collector:4318/v1/metrics; headers for it
   *     come from OTEL_EXPORTER_OTLP_HEADERS
   */
  public record Otlp(@Nullable String url) {}

  /** Whether there is any place for them. */
  static boolean isOn(ConfigurableEnvironment settings) {
    return PLACES.stream().anyMatch(settings::containsProperty);
  }

  /**
   * The places that these settings name, for one batch.
   *
   * @param label what the batch is called there
   * @throws UsageException if one of them cannot be; no password is in it
   */
  static Exports.Places places(ConfigurableEnvironment settings, String label) {
    MetricsProperties properties =
        Binder.get(settings).bindOrCreate("reelbatch.metrics", MetricsProperties.class);
    return new Exports.Places(
        label,
        path(properties.textfile),
        properties.pushgateway.push(),
        address("otlp.url", properties.otlp.url),
        properties.every);
  }

  /** What a batch is called: simulated runs must not be taken for those that cost money. */
  static String label(BatchName batch, boolean simulated) {
    return simulated ? batch + "-simulated" : batch.value();
  }

  private static @Nullable Path path(@Nullable String written) {
    if (written == null || written.isBlank()) {
      return null;
    }
    try {
      Path place = Path.of(written.strip()).toAbsolutePath();
      Path folder = written.strip().endsWith(".prom") ? place.getParent() : place;
      if (folder == null || !Files.isDirectory(folder)) {
        throw wrong("textfile", Message.of("there is no folder {0}", folder));
      }
      return place;
    } catch (InvalidPathException e) {
      throw wrong("textfile", Message.of("it is no path"));
    }
  }

  private static @Nullable URI address(String setting, @Nullable String written) {
    if (written == null || written.isBlank()) {
      return null;
    }
    try {
      URI address = new URI(written.strip());
      boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      if (!http || address.getHost() == null || address.getRawUserInfo() != null) {
        throw wrong(
            setting, Message.of("it is an http or https address without user and password"));
      }
      return address;
    } catch (URISyntaxException e) {
      throw wrong(setting, Message.of("it is no address")); // the cause would repeat it
    }
  }

  private static UsageException wrong(String setting, Message problem) {
    return new UsageException(Message.of("{0}: {1}. Nothing was sent", PREFIX + setting, problem));
  }
}
