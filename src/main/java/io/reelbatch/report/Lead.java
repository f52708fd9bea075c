package io.reelbatch.report;

import io.reelbatch.model.RowState;
import io.reelbatch.model.Words;
import java.util.ArrayList;
import java.util.List;

/** What happened, in a sentence. */
final class Lead {

  /** From the best to the least told. */
  static final List<RowState> ORDER =
      List.of(
          RowState.SUCCEEDED,
          RowState.ACCEPTED,
          RowState.SENDING,
          RowState.PLANNED,
          RowState.IN_DOUBT,
          RowState.FAILED,
          RowState.REFUSED,
          RowState.LOST,
          RowState.SKIPPED,
          RowState.WRITTEN_OFF,
          RowState.INVALID,
          RowState.WITHDRAWN);

  private final Words words;
  private final Overview overview;

  Lead(Words words, Overview overview) {
    this.words = words;
    this.overview = overview;
  }

  /** How many videos are ready. */
  String sentence(Completeness completeness) {
    long ready = overview.of(RowState.SUCCEEDED);
    long all = overview.lines();
    if (all == 0) {
      return words.say("lead.empty");
    } else if (completeness == Completeness.UNFINISHED) {
      return words.say("lead.open", ready, all);
    }
    return words.say(ready == all ? "lead.all" : "lead.some", ready, all);
  }

  /** What became of the others; empty when there are none. */
  String others() {
    List<String> clauses = new ArrayList<>();
    for (RowState state : ORDER) {
      long rows = overview.of(state);
      if (rows > 0 && state != RowState.SUCCEEDED) {
        clauses.add(words.say("clause." + state, rows));
      }
    }
    return clauses.isEmpty()
        ? ""
        : String.join(words.say("clause.join"), clauses) + words.say("clause.end");
  }
}
