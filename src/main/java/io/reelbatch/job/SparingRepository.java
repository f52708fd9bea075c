package io.reelbatch.job;

import io.reelbatch.ledger.LedgerDatabase;
import io.reelbatch.pacing.MonotonicClock;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * Spring Batch's records, with the progress of a step noted at most once a second. Batch notes it
 * after each chunk, and a chunk of ours is a window of few rows: that would be more commits than
 * the ledger's own, for counts that nobody needs. How a step begins and ends is noted always.
 */
final class SparingRepository implements InvocationHandler {

  private static final Logger log = LoggerFactory.getLogger(SparingRepository.class);
  private static final long EVERY = Duration.ofSeconds(1).toNanos();

  private final JobRepository repository;
  private final MonotonicClock clock;
  private long last;
  private boolean noting = true; // the step begins

  private SparingRepository(JobRepository repository, MonotonicClock clock) {
    this.repository = repository;
    this.clock = clock;
    this.last = clock.nanos() - EVERY;
  }

  /** For one step. */
  static JobRepository around(JobRepository repository, MonotonicClock clock) {
    return (JobRepository)
        Proxy.newProxyInstance(
            SparingRepository.class.getClassLoader(),
            new Class<?>[] {JobRepository.class},
            new SparingRepository(repository, clock));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    boolean progress =
        arguments != null
            && arguments.length == 1
            && arguments[0] instanceof StepExecution step
            && method.getName().startsWith("update")
            && step.getStatus() == BatchStatus.STARTED;
    if (progress && !isDue(method)) {
      return null;
    }
    try {
      return method.invoke(repository, arguments);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (progress && LedgerDatabase.hasLostConnection(cause)) {
        log.info("a server that is restarted took no note of the progress: {}", cause.getMessage());
        return null; // the next note is as good, and the ledger's own writes tell what is wrong
      }
      throw cause;
    }
  }

  // Batch updates the step's context and then the step.
  private synchronized boolean isDue(Method method) {
    if (method.getName().equals("updateExecutionContext")) {
      long now = clock.nanos();
      noting = now - last >= EVERY;
      last = noting ? now : last;
    }
    return noting;
  }
}
