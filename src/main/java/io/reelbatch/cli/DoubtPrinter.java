package io.reelbatch.cli;

import io.reelbatch.job.Candidate;
import io.reelbatch.job.DoubtList;
import io.reelbatch.ledger.Doubt;
import io.reelbatch.model.OneLine;
import io.reelbatch.model.TaskListing;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Prints rows in doubt, and the tasks that may be theirs with the command that says so. */
final class DoubtPrinter {

  private static final int SHOWN_PROMPT = 60;
  private static final int MOST_CANDIDATES = 5;

  private final PrintWriter out;
  private final String where;
  private final Phrases phrases;

  /**
   * Prints there.
   *
   * @param where the options that name the batch and its home, with a space in front
   */
  DoubtPrinter(PrintWriter out, String where, Phrases phrases) {
    this.out = out;
    this.where = where;
    this.phrases = phrases;
  }

  void print(DoubtList list) {
    for (DoubtList.Row row : list.rows()) {
      out.println(OneLine.of(line(row.doubt())));
      row.candidates().stream()
          .limit(MOST_CANDIDATES)
          .forEach(candidate -> print(candidate, row, list));
      if (row.candidates().size() > MOST_CANDIDATES) {
        out.println("    " + phrases.say("more", row.candidates().size() - MOST_CANDIDATES));
      } else if (row.candidates().isEmpty() && list.listing() instanceof TaskListing.Listed) {
        out.println("    " + phrases.say("doubt.none-fits"));
      }
    }
    out.println(
        list.rows().isEmpty()
            ? phrases.say("doubt.none")
            : OneLine.of(
                phrases.say("doubt.next", list.rows().size(), found(list.listing()), where)));
  }

  private String line(Doubt doubt) {
    String prompt = doubt.prompt().replaceAll("\\s+", " ");
    return doubt.row()
        + "  "
        + phrases.say("doubt.sent", doubt.sentAt().truncatedTo(ChronoUnit.SECONDS).toString())
        + "  "
        + (doubt.model() == null ? "remix" : doubt.model())
        + (doubt.price() == null ? "" : "  " + doubt.price())
        + (doubt.requestId() == null ? "" : "  " + phrases.say("doubt.request", doubt.requestId()))
        + "  \""
        + (prompt.length() > SHOWN_PROMPT ? prompt.substring(0, SHOWN_PROMPT) + "…" : prompt)
        + "\"  "
        + phrases.reason(doubt.reason())
        + (doubt.alike() > 1 ? "  " + phrases.say("doubt.alike", doubt.alike()) : "")
        + (doubt.waiting() == 0 ? "" : "  " + phrases.say("doubt.waiting", doubt.waiting()));
  }

  private void print(Candidate candidate, DoubtList.Row row, DoubtList list) {
    long rows = list.rowsFor(candidate);
    int tasks = row.candidates().size();
    boolean likely =
        candidate.likeness() == Candidate.Likeness.PROMPT
            && !candidate.hasAnotherModelThan(row.doubt())
            && rows == 1
            && tasks == 1;
    String made =
        candidate.task().createdAt() == null
            ? phrases.say("doubt.made.unknown")
            : phrases.say(
                "doubt.made",
                candidate.task().createdAt().truncatedTo(ChronoUnit.SECONDS).toString());
    String task =
        phrases.join(
            Stream.of(candidate.task().task().toString(), candidate.task().status(), made)
                .filter(Objects::nonNull)
                .toList());
    out.println(
        OneLine.of(
            "    "
                + phrases.say(
                    likely ? "doubt.likely" : "doubt.perhaps", task, why(candidate, row.doubt()))
                + (tasks > 1 ? phrases.say("then") + phrases.say("doubt.tasks", tasks) : "")
                + (rows > 1 ? phrases.say("then") + phrases.say("doubt.rows", rows) : "")));
    out.println(
        OneLine.of(
            "        reelbatch doubt adopt"
                + where
                + " "
                + Shell.word(row.doubt().row().value())
                + " "
                + Shell.word(candidate.task().task().value())));
  }

  private String why(Candidate candidate, Doubt doubt) {
    String likeness = phrases.say("doubt.like." + candidate.likeness());
    boolean isSaid = candidate.likeness() != Candidate.Likeness.MODEL_AND_TIME;
    return isSaid && candidate.hasAnotherModelThan(doubt)
        ? phrases.join(
            List.of(likeness, phrases.say("doubt.model", String.valueOf(candidate.task().model()))))
        : likeness;
  }

  private String found(TaskListing listing) {
    if (listing instanceof TaskListing.Listed listed) {
      return phrases.say(
          listed.reach() == TaskListing.Reach.ALL ? "doubt.listed" : "doubt.listed.part");
    }
    return listing instanceof TaskListing.NotOffered none
        ? phrases.say("doubt.unlisted", none.reason().code())
        : phrases.say(
            "doubt.unread", ((TaskListing.Unread) listing).reason().message(phrases.language()));
  }
}
