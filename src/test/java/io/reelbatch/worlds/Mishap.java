package io.reelbatch.worlds;

/**
 * Something that happens at one point of a run: at one call of the database, or at one moment of
 * one request. Points are numbered from 1, in the order in which the run comes by; each manner
 * counts those at which it makes a difference.
 */
record Mishap(Manner manner, long at) {

  enum Manner {
    /** That call, or that request, fails; the next works again. */
    IT_FAILS,
    /** The process is dead. A statement is like the commit that it does not reach. */
    THE_PROCESS_DIES,
    /** From there on the database takes nothing. */
    THE_DISK_IS_FULL;

    boolean counts(ShakyDatabase.Point point) {
      return switch (this) {
        case IT_FAILS -> true;
        case THE_PROCESS_DIES -> point != ShakyDatabase.Point.STATEMENT;
        case THE_DISK_IS_FULL ->
            point == ShakyDatabase.Point.COMMIT || point == ShakyDatabase.Point.SYNC;
      };
    }
  }

  /** The moments of a request. */
  enum Moment {
    BEFORE_IT_LEAVES,
    AFTER_THE_TASK_IS_MADE,
    WITHIN_THE_ANSWER,
    AFTER_THE_ANSWER
  }
}
