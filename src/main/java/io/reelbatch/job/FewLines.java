package io.reelbatch.job;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.spi.AppenderAttachableImpl;
import io.reelbatch.model.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets ten lines of a kind through in a minute, and says of the others how many they were: what a
 * million rows have to say must not fill a disk. A kind is what one place in the code says. Errors
 * always go through, and so does what is asked for with {@code --verbose}.
 */
public final class FewLines extends AppenderBase<ILoggingEvent>
    implements AppenderAttachable<ILoggingEvent> {

  private static final String NAME = "FEW"; // as in logback-spring.xml
  private static final int SOME = 10;
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final long LOOK_EVERY = Duration.ofSeconds(1).toMillis();
  private static final int MOST_KINDS = 1000;

  private final AppenderAttachableImpl<ILoggingEvent> appenders = new AppenderAttachableImpl<>();
  private final Map<String, Kind> kinds = new LinkedHashMap<>();
  private long looked;

  private static final class Kind {
    private final long since;
    private int shown;
    private long held;
    private @Nullable ILoggingEvent last;

    Kind(long since) {
      this.since = since;
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    long now = event.getTimeStamp();
    if (now - looked >= LOOK_EVERY) {
      looked = now;
      tellOfThoseBefore(now - MINUTE);
    }
    if (isAlwaysShown(event.getLevel()) || isOneOfSome(event, now)) {
      appenders.appendLoopOnAppenders(event);
    }
  }

  private static boolean isAlwaysShown(Level level) {
    return level.isGreaterOrEqual(Level.ERROR) || !level.isGreaterOrEqual(Level.INFO);
  }

  private boolean isOneOfSome(ILoggingEvent event, long now) {
    if (kinds.size() >= MOST_KINDS) {
      tellOfThoseBefore(Long.MAX_VALUE);
    }
    Kind kind =
        kinds.computeIfAbsent(
            event.getLoggerName() + ' ' + event.getMessage(), name -> new Kind(now));
    if (kind.shown < SOME) {
      kind.shown++;
      return true;
    }
    kind.held++;
    kind.last = event;
    return false;
  }

  /** Of those whose minute began before; they begin a new one with their next line. */
  private void tellOfThoseBefore(long began) {
    for (Iterator<Kind> all = kinds.values().iterator(); all.hasNext(); ) {
      Kind kind = all.next();
      if (kind.since <= began) {
        all.remove();
        tell(kind);
      }
    }
  }

  private void tell(Kind kind) {
    ILoggingEvent last = kind.last;
    if (last != null) {
      LoggingEvent sum =
          new LoggingEvent(
              FewLines.class.getName(),
              ((LoggerContext) getContext()).getLogger(last.getLoggerName()),
              last.getLevel(),
              "{}",
              null,
              new Object[] {
                Message.of(
                    "{0} more like this since {1}, the last: {2}",
                    String.format(Locale.ROOT, "%,d", kind.held),
                    Instant.ofEpochMilli(kind.since),
                    Message.logged(last.getMessage(), last.getArgumentArray()))
              });
      appenders.appendLoopOnAppenders(sum);
    }
  }

  /**
   * Says now how many lines were kept back: a run is over, and nobody may log anything after it.
   */
  static void sumUp() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context
        && context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(NAME) instanceof FewLines few) {
      few.tellOfAll();
    }
  }

  private synchronized void tellOfAll() {
    tellOfThoseBefore(Long.MAX_VALUE);
  }

  @Override
  public synchronized void stop() {
    if (isStarted()) {
      super.stop();
      tellOfThoseBefore(Long.MAX_VALUE);
      appenders.detachAndStopAllAppenders();
    }
  }

  @Override
  public void addAppender(Appender<ILoggingEvent> appender) {
    appenders.addAppender(appender);
  }

  @Override
  public Iterator<Appender<ILoggingEvent>> iteratorForAppenders() {
    return appenders.iteratorForAppenders();
  }

  @Override
  public @Nullable Appender<ILoggingEvent> getAppender(String name) {
    return appenders.getAppender(name);
  }

  @Override
  public boolean isAttached(Appender<ILoggingEvent> appender) {
    return appenders.isAttached(appender);
  }

  @Override
  public void detachAndStopAllAppenders() {
    appenders.detachAndStopAllAppenders();
  }

  @Override
  public boolean detachAppender(Appender<ILoggingEvent> appender) {
    return appenders.detachAppender(appender);
  }

  @Override
  public boolean detachAppender(String name) {
    return appenders.detachAppender(name);
  }
}
