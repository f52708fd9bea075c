package io.reelbatch.job;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Keeps the HTTP client's record of the wire out of every log, whatever level is asked for: each
 * request bears the API key, and an answer may repeat it.
 */
public final class NoWireLog extends TurboFilter {

  private static final String HEADERS = "org.apache.hc.client5.http.headers";
  private static final String WIRE = "org.apache.hc.client5.http.wire";

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] parameters,
      @Nullable Throwable thrown) {
    boolean wire = logger.getName().equals(HEADERS) || logger.getName().equals(WIRE);
    return wire ? FilterReply.DENY : FilterReply.NEUTRAL;
  }
}
