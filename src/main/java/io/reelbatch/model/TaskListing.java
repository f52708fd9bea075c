package io.reelbatch.model;

import java.util.List;

/** What came of asking the gateway for a list of its tasks, which costs nothing. */
public sealed interface TaskListing {

  /** The tasks that it showed. */
  record Listed(List<ListedTask> tasks, Reach reach) implements TaskListing {
    /** Keeps its own list. */
    public Listed {
      tasks = List.copyOf(tasks);
    }
  }

  /** How much of the time asked about a list covers. */
  enum Reach {
    /** All of it. */
    ALL,
    /** There may be more tasks: the list is too long, or broke off. */
    PART
  }

  /** The gateway has no such list. */
  record NotOffered(Reason reason) implements TaskListing {}

  /** No usable answer, or the gateway was not asked: whether it has a list is not known. */
  record Unread(Reason reason) implements TaskListing {}
}
