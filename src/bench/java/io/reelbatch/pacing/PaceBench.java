package io.reelbatch.pacing;

import io.reelbatch.model.Effort;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What each request asks before it may go, and each task when it is put back. */
@State(Scope.Thread)
public class PaceBench {

  private static final int TASKS = 50_000;
  private static final Effort EFFORT = new Effort("create sora-2 10");

  private final MonotonicClock clock = System::nanoTime;
  private final SplittableRandom random = new SplittableRandom(1);
  private final Throttle throttle =
      Throttle.thatCatchesUp(Rate.valueOf("100000000/s"), clock, random);
  private final TaskTimes times =
      new TaskTimes(Duration.ofSeconds(30), Duration.ofSeconds(15), random);
  private PollSchedule<Integer> schedule = new PollSchedule<>(clock, effort -> Duration.ZERO);

  /** As many tasks as are ever held, all due. */
  @Setup(Level.Iteration)
  public void fill() {
    schedule = new PollSchedule<>(clock, effort -> Duration.ZERO);
    for (int i = 0; i < TASKS; i++) {
      schedule.in(Duration.ZERO, i);
    }
    for (int i = 0; i < 200; i++) {
      times.ended(EFFORT, Duration.ofSeconds(60 + i), Duration.ofSeconds(75 + i));
    }
  }

  /** One permit. */
  @Benchmark
  public long reserve() {
    return throttle.ready(1, Duration.ofMillis(20)) + throttle.reserve();
  }

  /** The most overdue of 50,000 tasks, asked after and put back. */
  @Benchmark
  public List<Integer> poll() {
    List<Integer> due = schedule.due(1);
    due.forEach(task -> schedule.in(Duration.ofNanos(task), task));
    return due;
  }

  /** How long until a task is asked after again. */
  @Benchmark
  public Duration nextPoll() {
    return times.nextPoll(EFFORT, Duration.ofSeconds(90), 40);
  }
}
