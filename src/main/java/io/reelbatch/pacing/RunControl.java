package io.reelbatch.pacing;

import io.reelbatch.model.AccountName;
import io.reelbatch.model.HaltCause;
import io.reelbatch.model.Reason;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What all sides of a run know of it: that it is to stop, that sending has halted, that another
 * side has ended. Each is said once and never taken back. Thread-safe; may be called from a signal.
 */
public final class RunControl {

  /** Why sending halted, in the gateway's words. */
  public record Halted(HaltCause cause, Reason reason) {}

  private static final Duration LONGEST = Duration.ofDays(100_000);

  private final MonotonicClock clock;
  private final Pulse pulse;
  private final long startedAt;
  private final @Nullable Duration deadline;
  private final Duration patience;
  private final Set<Side> over = EnumSet.noneOf(Side.class);
  private @Nullable StopCause stop;
  private @Nullable Halted halted;
  private @Nullable AccountName own;
  private Function<AccountName, Optional<Reason>> lacks = account -> Optional.empty();
  private final Set<AccountName> seen = new HashSet<>();
  private final Map<AccountName, Halted> others = new LinkedHashMap<>();
  private long lastProgress;

  /**
   * A run that begins now.
   *
   * @param deadline how long it may go on; null for as long as it takes
   * @param patience how long it goes on while nothing changes
   */
  public RunControl(
      MonotonicClock clock, Pulse pulse, @Nullable Duration deadline, Duration patience) {
    this.clock = clock;
    this.pulse = pulse;
    this.deadline = deadline;
    this.patience = patience;
    this.startedAt = clock.nanos();
    this.lastProgress = startedAt;
  }

  /** Asks the run to stop: what is under way is awaited, nothing new begins. */
  public void stop(StopCause cause) {
    synchronized (this) {
      if (stop == null) {
        stop = cause;
      }
    }
    pulse.beat();
  }

  /** Why the run is to stop; looks at the deadline and the patience, too. */
  public synchronized Optional<StopCause> stopped() {
    long now = clock.nanos();
    if (stop == null && deadline != null && now - startedAt >= nanos(deadline)) {
      stop = StopCause.DEADLINE;
    }
    if (stop == null && now - lastProgress >= nanos(patience)) {
      stop = StopCause.PATIENCE;
    }
    return Optional.ofNullable(stop);
  }

  /** Nothing more is to be sent. The first cause is kept. */
  public void halt(HaltCause cause, Reason reason) {
    synchronized (this) {
      if (halted == null || (halted.cause().pollingGoesOn() && !cause.pollingGoesOn())) {
        halted = new Halted(cause, reason);
      }
    }
    pulse.beat();
  }

  /**
   * New rows go with this account: what halts it halts the sending.
   *
   * @param lack what is said of an account that has no key here; looked up when it is first needed
   */
  public synchronized void sendsWith(
      AccountName account, Function<AccountName, Optional<Reason>> lack) {
    own = account;
    lacks = lack;
  }

  /** Whether rows may be sent with that account. */
  public boolean maySend(AccountName account) {
    return usable(account).isEmpty();
  }

  /** Whether that account's tasks may be asked after. */
  public boolean mayAsk(AccountName account) {
    return usable(account).filter(halted -> !halted.cause().pollingGoesOn()).isEmpty();
  }

  // Whoever asks second must not pass while the first still looks.
  private synchronized Optional<Halted> usable(AccountName account) {
    if (isOther(account) && seen.add(account)) {
      lacks
          .apply(account)
          .ifPresent(reason -> others.put(account, new Halted(HaltCause.NO_KEY, reason)));
    }
    return Optional.ofNullable(others.get(account));
  }

  /**
   * Nothing more is to be sent with that account, nor asked where its key is of no use. Halts all
   * sending, unless the matter is of an account of earlier runs alone.
   */
  public void halt(AccountName account, HaltCause cause, Reason reason) {
    if (isOther(account) && cause.isOfAccount()) {
      synchronized (this) {
        others.merge(
            account, new Halted(cause, reason), (old, now) -> cause.pollingGoesOn() ? old : now);
      }
      pulse.beat();
    } else {
      halt(cause, reason);
    }
  }

  private synchronized boolean isOther(AccountName account) {
    return own != null && !own.equals(account);
  }

  /** Accounts of earlier runs with which this one can send nothing. */
  public synchronized Set<AccountName> unsent() {
    return Set.copyOf(others.keySet());
  }

  /** Those among them whose tasks it cannot ask after either. */
  public synchronized Set<AccountName> unasked() {
    return others.entrySet().stream()
        .filter(other -> !other.getValue().cause().pollingGoesOn())
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** All that could be done is done, and rows are left because of accounts of earlier runs. */
  public void haltForOthers() {
    Optional<Halted> worst;
    synchronized (this) {
      worst =
          others.values().stream()
              .min(Comparator.comparing(other -> other.cause().pollingGoesOn()));
    }
    worst.ifPresent(other -> halt(other.cause(), other.reason()));
  }

  /** Why nothing more is sent. */
  public synchronized Optional<Halted> halted() {
    return Optional.ofNullable(halted);
  }

  /** Something changed: patience starts anew. */
  public synchronized void progressed() {
    lastProgress = clock.nanos();
  }

  /** A side has ended, well or badly. */
  public void ended(Side side) {
    synchronized (this) {
      over.add(side);
    }
    pulse.beat();
  }

  /** Whether that side has ended. */
  public synchronized boolean isOver(Side side) {
    return over.contains(side);
  }

  // More than 292 years, which somebody writes who means for ever, has no number of nanoseconds.
  private static long nanos(Duration duration) {
    return duration.toDays() > LONGEST.toDays() ? LONGEST.toNanos() : duration.toNanos();
  }
}
