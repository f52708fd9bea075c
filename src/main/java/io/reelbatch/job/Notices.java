package io.reelbatch.job;

import io.reelbatch.ledger.Counts;
import io.reelbatch.model.Message;
import io.reelbatch.model.RowState;
import io.reelbatch.net.Network;
import io.reelbatch.notice.Courier;
import io.reelbatch.notice.Notice;
import io.reelbatch.notice.Occasion;
import io.reelbatch.notice.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Tells those who want it how a run goes: once when rows come into doubt, and when it has ended and
 * its home is free again, so that a slow chat holds up nobody else. Never fails a run, and never
 * takes longer than {@link #MOST} of it.
 */
final class Notices {

  /** For all that is told at the end of a run. */
  static final Duration MOST = Duration.ofSeconds(10);

  private static final Logger log = LoggerFactory.getLogger(Notices.class);

  private final RunRequest request;
  private final NoticeWriter writer;
  private final ToldTroubles told;
  private final List<Message> failures = Collections.synchronizedList(new ArrayList<>());
  private volatile @Nullable List<Target> targets;
  private volatile Network network = Network.DIRECT;
  private volatile @Nullable Thread doubt;

  /** Of a run that begins now. */
  Notices(RunRequest request, RunId run) {
    this.request = request;
    this.writer = new NoticeWriter(request, run, Instant.now());
    this.told = new ToldTroubles(request.home(), request.batch());
  }

  /**
   * Reads who is to be told.
   *
   * @throws UsageException if that cannot be right: better before money is spent than after it
   */
  void read(ConfigurableEnvironment settings) {
    network = NetworkSettings.of(settings);
    targets = NotifyProperties.targets(settings);
  }

  /** How many rows are in doubt; said again and again. Does not block. */
  void see(Counts counts) {
    long doubts = counts.of(RowState.IN_DOUBT);
    List<Target> all = targets;
    if (doubts == 0 || doubt != null || all == null || all.isEmpty()) {
      return;
    }
    Thread thread =
        new Thread(
            () ->
                carefully(
                    () ->
                        tellOfTrouble(
                            all,
                            Notice.Event.DOUBT.word() + " " + doubts,
                            target -> writer.doubt(counts, doubts, target.language()),
                            MOST)),
            "notice-of-doubt");
    thread.setDaemon(true);
    doubt = thread;
    thread.start();
  }

  /**
   * Tells that the run has ended. Blocks, {@link #MOST} at the longest.
   *
   * @return whom it could not tell, a line each
   */
  List<Message> ended(RunResult result) {
    long start = System.nanoTime();
    awaitDoubt();
    if (!result.nothingToDo()) {
      carefully(() -> tell(result, MOST.minusNanos(System.nanoTime() - start)));
    }
    synchronized (failures) {
      return List.copyOf(failures);
    }
  }

  /** A mistake of ours must not become one of the run. */
  private void carefully(Runnable telling) {
    try {
      telling.run();
    } catch (RuntimeException e) {
      log.debug("nobody could be told", e);
      failures.add(Message.of("nobody could be notified: {0}", e.getClass().getSimpleName()));
    }
  }

  private void awaitDoubt() {
    Thread thread = doubt;
    if (thread != null) {
      try {
        thread.join(MOST.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void tell(RunResult result, Duration most) {
    List<Target> all = settled();
    if (all.isEmpty()) {
      return;
    }
    Function<Target, Notice> notice =
        target -> writer.end(result, target.language(), Instant.now());
    if (result.ending() != Ending.SUCCEEDED) {
      tellOfTrouble(all, trouble(result), notice, most);
      return;
    }
    told.over(Instant.now());
    send(all.stream().filter(target -> target.when() == Occasion.ALWAYS).toList(), notice, most);
  }

  /** A run that could not begin may have read no settings yet, or those of others were wrong. */
  private List<Target> settled() {
    List<Target> all = targets;
    if (all != null) {
      return all;
    }
    try {
      ConfigurableEnvironment settings = Session.settings(request.use().settings());
      network = NetworkSettings.of(settings);
      return NotifyProperties.targets(settings);
    } catch (RuntimeException e) {
      return List.of(); // what is wrong with them was said
    }
  }

  private void tellOfTrouble(
      List<Target> all, String trouble, Function<Target, Notice> notice, Duration most) {
    Instant now = Instant.now();
    List<Target> news = all.stream().filter(target -> !told.knows(target, trouble, now)).toList();
    send(news, notice, most).forEach(target -> told.told(target, trouble, now));
  }

  /** Tells them, and says who was told. */
  private List<Target> send(List<Target> to, Function<Target, Notice> notice, Duration most) {
    if (to.isEmpty()) {
      return List.of();
    }
    if (most.toMillis() < 1) {
      to.forEach(target -> failures.add(couldNot(target, Message.of("no time is left"))));
      return List.of();
    }
    Map<Target, Notice> notices = new LinkedHashMap<>();
    to.forEach(target -> notices.put(target, notice.apply(target)));
    Map<Target, String> failed = new Courier(most, network).tell(notices, Instant.now());
    failed.forEach((target, reason) -> failures.add(couldNot(target, Message.verbatim(reason))));
    return to.stream().filter(target -> !failed.containsKey(target)).toList();
  }

  /** What is said of somebody who could not be told. */
  static Message couldNot(Target target, Message reason) {
    return Message.of(
        "could not notify {0} ({1}): {2}. The run itself is not changed by that",
        target.name(), target.channel().word(), reason);
  }

  /** What makes it another trouble; not how far the batch is. */
  private static String trouble(RunResult result) {
    Counts lines = result.lines() == null ? new Counts(Map.of()) : result.lines();
    boolean finished = result.ending().compareTo(Ending.IN_DOUBT) <= 0;
    return String.join(
        " ",
        result.ending().word(),
        String.valueOf(result.halted() == null ? "" : result.halted().cause()),
        new TreeSet<>(result.paused().keySet().stream().map(Object::toString).toList()).toString(),
        String.valueOf(result.stopped()),
        Long.toString(result.doubts()),
        finished ? Long.toString(lines.of(RowState.FAILED, RowState.REFUSED, RowState.LOST)) : "",
        Integer.toString(result.errors().hashCode()),
        // Who else uses the home has another number each time.
        result.ending() == Ending.LOCKED ? "" : String.valueOf(result.error()));
  }
}
