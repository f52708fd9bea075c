package io.reelbatch.job;

import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.spi.LifeCycle;
import ch.qos.logback.core.status.OnConsoleStatusListener;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusListener;
import ch.qos.logback.core.status.StatusManager;
import io.reelbatch.model.DiskTrouble;
import io.reelbatch.model.Language;
import io.reelbatch.model.Message;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says once, in a line on standard error, what keeps the log from being written. Logback would
 * print its own stack trace for each event that meets a full disk, and bury what the run says of
 * the money. Thread-safe.
 */
public final class LogTrouble extends ContextAwareBase implements StatusListener, LifeCycle {

  private final Set<String> said = ConcurrentHashMap.newKeySet();
  private boolean started;

  @Override
  public void start() {
    StatusManager statuses = getContext().getStatusManager();
    for (StatusListener other : statuses.getCopyOfStatusListenerList()) {
      if (other instanceof OnConsoleStatusListener) {
        statuses.remove(other);
      }
    }
    started = true;
  }

  @Override
  public void addStatusEvent(Status status) {
    if (started && status.getEffectiveLevel() >= Status.ERROR) {
      String line =
          Message.of(
                  "reelbatch.log cannot be written: {0}. What is said here is all there is; nothing"
                      + " else is touched by it",
                  status.getThrowable() instanceof IOException e
                      ? DiskTrouble.words(e)
                      : status.getMessage())
              .in(language());
      if (said.add(line)) {
        System.err.println(line);
      }
    }
  }

  private Language language() {
    String tag = getContext().getProperty("CONSOLE_LANGUAGE");
    return Language.valueOf(Objects.requireNonNullElse(tag, "en").toUpperCase(Locale.ROOT));
  }

  @Override
  public void stop() {
    started = false;
  }

  @Override
  public boolean isStarted() {
    return started;
  }
}
