package io.reelbatch.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whole batches in simulated worlds. {@code -Dworlds.seed=7} plays one world and tells its story;
 * {@code -Dworlds.first} and {@code -Dworlds.seeds} choose others.
 */
class WorldsTest {

  private static final long SEEDS = Long.getLong("worlds.seeds", 1_000);
  private static final long FIRST = Long.getLong("worlds.first", 1);
  private static final Optional<Long> ONLY = Optional.ofNullable(Long.getLong("worlds.seed"));
  private static final int MOST_FAILURES = 5;

  @BeforeAll
  static void silence() {
    Silence.begin();
  }

  @AfterAll
  static void speak() {
    Silence.end();
  }

  @Test
  void inNoWorldIsMoneySpentTwiceOrAPaidTaskLost() throws Exception {
    if (ONLY.isPresent()) {
      playAlone(ONLY.get());
      return;
    }
    AtomicLong next = new AtomicLong(FIRST);
    AtomicLong posts = new AtomicLong();
    AtomicLong runs = new AtomicLong();
    AtomicLong steps = new AtomicLong();
    List<String> failures = Collections.synchronizedList(new ArrayList<>());
    long start = System.nanoTime();
    Callable<Void> lane =
        () -> {
          try (Machine machine = new Machine()) {
            for (long seed = next.getAndIncrement();
                seed < FIRST + SEEDS && failures.size() < MOST_FAILURES;
                seed = next.getAndIncrement()) {
              World world = new World(machine, seed, false);
              try {
                world.play();
              } catch (Throwable e) {
                failures.add(told(seed, e));
              }
              posts.addAndGet(world.posts());
              steps.addAndGet(world.steps());
              runs.addAndGet(world.runs());
            }
          }
          return null;
        };
    int lanes = Math.min(4, Runtime.getRuntime().availableProcessors());
    ExecutorService threads = Executors.newFixedThreadPool(lanes);
    try {
      List<Future<Void>> ends = threads.invokeAll(Collections.nCopies(lanes, lane));
      for (Future<Void> end : ends) {
        end.get();
      }
    } finally {
      threads.shutdown();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "worlds: %d from seed %d, %d runs, %d paid requests, %d steps, %.1f s, %.0f worlds a second%n",
        Math.min(next.get() - FIRST, SEEDS),
        FIRST,
        runs.get(),
        posts.get(),
        steps.get(),
        seconds,
        Math.min(next.get() - FIRST, SEEDS) / seconds);
    assertThat(failures).isEmpty();
  }

  private static void playAlone(long seed) {
    try (Machine machine = new Machine()) {
      World world = new World(machine, seed, true);
      try {
        world.play();
      } finally {
        world.story().forEach(System.out::println);
      }
    }
  }

  @Test
  void aSeedTellsTheSameStoryTwice() {
    try (Machine machine = new Machine()) {
      for (long seed = FIRST; seed < FIRST + 10; seed++) {
        assertThat(story(machine, seed)).isEqualTo(story(machine, seed)).isNotEmpty();
      }
    }
  }

  private static List<String> story(Machine machine, long seed) {
    World world = new World(machine, seed, true);
    world.play();
    return world.story();
  }

  private static String told(long seed, Throwable e) {
    StringBuilder text = new StringBuilder();
    text.append("seed ").append(seed).append(": ").append(e.getMessage()).append('\n');
    StackTraceElement[] stack = e.getStackTrace();
    for (int i = 0; i < Math.min(12, stack.length); i++) {
      text.append("    at ").append(stack[i]).append('\n');
    }
    text.append("replay: ./mvnw test -Dtest=WorldsTest -Dworlds.seed=").append(seed).append('\n');
    return text.toString();
  }
}
