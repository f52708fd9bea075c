package io.reelbatch.metrics;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.exporter.pushgateway.Format;
import io.prometheus.metrics.exporter.pushgateway.PushGateway;
import io.prometheus.metrics.exporter.pushgateway.Scheme;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A Prometheus Pushgateway: what it had of the batch is replaced. */
final class Pushgateway implements Outlet {

  private static final String JOB = "reelbatch";

  private final URI address;
  private final String batch;
  private final @Nullable String user;
  private final @Nullable String password;
  private final Duration timeout;

  Pushgateway(Exports.Push push, String batch) {
    this.address = push.address();
    this.user = push.user();
    this.password = push.password();
    this.timeout = push.timeout();
    this.batch = batch;
  }

  @Override
  public void put(PrometheusMeterRegistry metrics) throws IOException {
    PushGateway.Builder gateway =
        PushGateway.builder()
            .scheme(Scheme.fromString(address.getScheme()))
            .address(address.getRawAuthority() + address.getRawPath().replaceAll("/+$", ""))
            .job(JOB)
            .groupingKey("batch", batch)
            .format(Format.PROMETHEUS_TEXT)
            .connectionTimeout(timeout)
            .readTimeout(timeout)
            .registry(metrics.getPrometheusRegistry());
    if (user != null && password != null) {
      gateway.basicAuth(user, password);
    }
    gateway.build().push();
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
