package io.reelbatch.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.reelbatch.gateway.GatewayListener;
import io.reelbatch.ledger.CommitListener;
import io.reelbatch.model.Evidence;
import io.reelbatch.model.Order;
import io.reelbatch.model.SendOutcome;
import io.reelbatch.model.TaskAnswer;
import io.reelbatch.pacing.MonotonicClock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts and times the requests to the gateway and the commits of the ledger. Thread-safe. */
public final class RequestMeters implements GatewayListener, CommitListener {

  private static final int MOST_MODELS = 50;
  private static final String OTHER = "other";
  private static final Duration[] ANSWERS = {
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofSeconds(60),
    Duration.ofSeconds(180)
  };
  private static final Duration[] COMMITS = {
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5)
  };

  private final MeterRegistry registry;
  private final MonotonicClock clock;
  private final Set<String> models = new HashSet<>();

  /** Counts into the registry. */
  public RequestMeters(MeterRegistry registry, MonotonicClock clock) {
    this.registry = registry;
    this.clock = clock;
  }

  @Override
  public Consumer<SendOutcome> sending(Order order) {
    long start = clock.nanos();
    return outcome -> sent(order, outcome, since(start));
  }

  private void sent(Order order, SendOutcome outcome, Duration took) {
    Counter.builder("reelbatch.sends")
        .description("Paid requests of this run by how they ended.")
        .tag("operation", order.operation().word())
        .tag("model", model(order))
        .tag("outcome", word(outcome))
        .register(registry)
        .increment();
    Timer.builder("reelbatch.send")
        .description("How long paid requests of this run took.")
        .tag("outcome", word(outcome))
        .serviceLevelObjectives(ANSWERS)
        .register(registry)
        .record(took);
    answered("send", outcome.evidence());
  }

  @Override
  public Consumer<TaskAnswer> asking() {
    long start = clock.nanos();
    return answer -> asked(answer, since(start));
  }

  private void asked(TaskAnswer answer, Duration took) {
    Timer.builder("reelbatch.poll")
        .description("How long it took to ask after a task, in this run.")
        .tag("answer", answer.getClass().getSimpleName().toLowerCase(Locale.ROOT))
        .serviceLevelObjectives(ANSWERS)
        .register(registry)
        .record(took);
    answered("poll", answer.evidence());
  }

  private void answered(String request, Evidence evidence) {
    Counter.builder("reelbatch.answers")
        .description("The gateway's answers in this run by HTTP status; none: no answer came.")
        .tag("request", request)
        .tag("status", status(evidence.httpStatus()))
        .register(registry)
        .increment();
  }

  // Those that somebody would act on; a status of any number would be a series of its own.
  private static String status(@Nullable Integer status) {
    if (status == null) {
      return "none";
    }
    return switch (status) {
      case 401, 402, 403, 404, 429, 500, 502, 503, 504 -> Integer.toString(status);
      default -> status / 100 + "xx";
    };
  }

  // A CSV may name any model: what comes after the first fifty is counted together.
  private String model(Order order) {
    String model = order.model();
    if (model == null) {
      return "source"; // that of the video it starts from
    }
    synchronized (models) {
      boolean counts = models.contains(model) || (models.size() < MOST_MODELS && models.add(model));
      return counts ? model : OTHER;
    }
  }

  private static String word(SendOutcome outcome) {
    return outcome
        .getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])([A-Z])", "_$1")
        .toLowerCase(Locale.ROOT);
  }

  @Override
  public Runnable begins(Step step) {
    long start = clock.nanos();
    return () ->
        Timer.builder("reelbatch.ledger.commit")
            .description(
                "How long it took to commit a group of changes, and to sync it to the disk.")
            .tag("step", step.name().toLowerCase(Locale.ROOT))
            .serviceLevelObjectives(COMMITS)
            .register(registry)
            .record(since(start));
  }

  private Duration since(long start) {
    return Duration.ofNanos(clock.nanos() - start);
  }
}
