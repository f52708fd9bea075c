package io.reelbatch.worlds;

import java.time.Duration;

/** A task at the provider, with the whole of its future. */
final class Task {

  /** How it ends. */
  enum End {
    DONE,
    DONE_WITHOUT_LINK,
    FAILED,
    EXPIRED,
    /** One day the provider has never heard of it. */
    LOST
  }

  final String id;
  final String prompt;
  final End end;
  final long madeAt;
  final long readyAt;

  /** Not known before, as with stores that are copied slowly. */
  final long knownFrom;

  final long forgottenFrom;
  final long forgottenUntil;

  Task(
      String id,
      String prompt,
      End end,
      long madeAt,
      Duration work,
      Duration hidden,
      Duration forgottenAfter,
      Duration forgottenFor) {
    this.id = id;
    this.prompt = prompt;
    this.end = end;
    this.madeAt = madeAt;
    this.readyAt = madeAt + work.toNanos();
    this.knownFrom = madeAt + hidden.toNanos();
    this.forgottenFrom = madeAt + forgottenAfter.toNanos();
    this.forgottenUntil = forgottenFrom + forgottenFor.toNanos();
  }

  boolean isReady(long now) {
    return now >= readyAt;
  }

  boolean isKnown(long now) {
    boolean forgotten = now >= forgottenFrom && now < forgottenUntil;
    boolean lost = end == End.LOST && isReady(now);
    return now >= knownFrom && !forgotten && !lost;
  }
}
