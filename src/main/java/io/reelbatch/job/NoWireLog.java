package io.reelbatch.job;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Keeps the HTTP client's record of what it does out of every log, whatever level is asked for:
 * each request bears the API key or goes to an address that is a secret, and an answer may repeat
 * it.
 */
public final class NoWireLog extends TurboFilter {

  private static final String CLIENT = "org.apache.hc.";

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] parameters,
      @Nullable Throwable thrown) {
    return logger.getName().startsWith(CLIENT) ? FilterReply.DENY : FilterReply.NEUTRAL;
  }
}
