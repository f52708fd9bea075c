package io.reelbatch.worlds;

/** What the provider makes of a paid request, and what reaches the program of its answer. */
enum SendFate {
  TAKEN(true, true),
  /** The id stands beside a complaint. */
  TAKEN_WITH_COMPLAINT(true, true),
  NEVER_LEFT(false, false),
  BUSY(false, false),
  BUSY_FOR_SECONDS(false, false),
  OVERLOADED(false, false),
  NO_CHANNEL(false, false),
  BAD_VALUE(false, false),
  MODERATED(false, false),
  QUOTA_AS_429(false, false),
  KEY_REFUSED(false, false),
  ROUTE_MISSING(false, false),
  MADE_AND_TIMED_OUT(true, false),
  MADE_AND_RESET(true, false),
  MADE_AND_CUT(true, false),
  MADE_AND_BROKEN_JSON(true, false),
  MADE_WITHOUT_ID(true, false),
  MADE_AND_502(true, false),
  MADE_AND_500(true, false),
  TIMED_OUT(false, false),
  STATUS_502(false, false),
  STATUS_408(false, false),
  EMPTY_200(false, false);

  final boolean made;
  final boolean readable;

  SendFate(boolean made, boolean readable) {
    this.made = made;
    this.readable = readable;
  }

  /** Whether the program cannot know if it was charged. */
  boolean isDoubt() {
    return (made && !readable)
        || this == TIMED_OUT
        || this == STATUS_502
        || this == STATUS_408
        || this == EMPTY_200;
  }

  /** Whether it may not be sent again without a person's word, as far as the program can know. */
  boolean mayBeCharged() {
    return made || isDoubt();
  }

  boolean isRefusal() {
    return this == BAD_VALUE || this == MODERATED;
  }
}
