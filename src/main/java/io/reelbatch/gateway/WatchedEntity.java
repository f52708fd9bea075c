package io.reelbatch.gateway;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * A request's body that remembers whether anyone began to write it. If nobody did, the gateway
 * cannot have read an order: the only proof that a failed send cost nothing.
 */
final class WatchedEntity extends HttpEntityWrapper {

  private final Watchdog.Watch watch;
  private final Duration answerTimeout;
  private volatile boolean started;

  /** The wait for the answer counts from the body's first byte. */
  WatchedEntity(HttpEntity body, Watchdog.Watch watch, Duration answerTimeout) {
    super(body);
    this.watch = watch;
    this.answerTimeout = answerTimeout;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    watch.restart(answerTimeout);
    started = true;
    super.writeTo(out);
  }

  boolean hasStarted() {
    return started;
  }
}
