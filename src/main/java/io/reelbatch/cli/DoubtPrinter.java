package io.reelbatch.cli;

import io.reelbatch.job.Candidate;
import io.reelbatch.job.DoubtList;
import io.reelbatch.ledger.Doubt;
import io.reelbatch.model.OneLine;
import io.reelbatch.model.TaskListing;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;

/** Prints rows in doubt, and the tasks that may be theirs with the command that says so. */
final class DoubtPrinter {

  private static final int SHOWN_PROMPT = 60;
  private static final int MOST_CANDIDATES = 5;

  private final PrintWriter out;
  private final String adopt;

  /**
   * Prints there.
   *
   * @param adopt how {@code doubt adopt} is typed for this batch, up to the row
   */
  DoubtPrinter(PrintWriter out, String adopt) {
    this.out = out;
    this.adopt = adopt;
  }

  void print(DoubtList list) {
    for (DoubtList.Row row : list.rows()) {
      out.println(OneLine.of(line(row.doubt())));
      row.candidates().stream()
          .limit(MOST_CANDIDATES)
          .forEach(candidate -> print(candidate, row, list));
      if (row.candidates().size() > MOST_CANDIDATES) {
        out.println("    … and " + (row.candidates().size() - MOST_CANDIDATES) + " more");
      } else if (row.candidates().isEmpty() && list.listing() instanceof TaskListing.Listed) {
        out.println("    no task of the list fits");
      }
    }
    out.println(
        list.rows().isEmpty()
            ? "no rows in doubt"
            : OneLine.of(
                list.rows().size()
                    + " in doubt. "
                    + found(list.listing())
                    + " A task that is there: adopt ROW TASK_ID; none: resubmit ROW; not worth it:"
                    + " write-off ROW"));
  }

  private static String line(Doubt doubt) {
    String prompt = doubt.prompt().replaceAll("\\s+", " ");
    return doubt.row()
        + "  sent "
        + doubt.sentAt().truncatedTo(ChronoUnit.SECONDS)
        + "  "
        + (doubt.model() == null ? "remix" : doubt.model())
        + (doubt.price() == null ? "" : "  " + doubt.price())
        + (doubt.requestId() == null ? "" : "  request " + doubt.requestId())
        + "  \""
        + (prompt.length() > SHOWN_PROMPT ? prompt.substring(0, SHOWN_PROMPT) + "…" : prompt)
        + "\"  "
        + doubt.reason()
        + (doubt.alike() > 1
            ? "  (" + doubt.alike() + " in doubt ask for the same; any of their tasks could be its)"
            : "")
        + (doubt.waiting() == 0
            ? ""
            : "  ("
                + doubt.waiting()
                + (doubt.waiting() == 1 ? " row waits" : " rows wait")
                + " for it)");
  }

  private void print(Candidate candidate, DoubtList.Row row, DoubtList list) {
    long rows = list.rowsFor(candidate);
    int tasks = row.candidates().size();
    boolean likely =
        candidate.likeness() == Candidate.Likeness.PROMPT
            && !candidate.hasAnotherModelThan(row.doubt())
            && rows == 1
            && tasks == 1;
    out.println(
        OneLine.of(
            "    "
                + (likely ? "likely " : "perhaps ")
                + candidate.task().task()
                + (candidate.task().status() == null ? "" : ", " + candidate.task().status())
                + (candidate.task().createdAt() == null
                    ? ", made at a time that is not shown"
                    : ", made " + candidate.task().createdAt().truncatedTo(ChronoUnit.SECONDS))
                + ": "
                + why(candidate, row.doubt())
                + (tasks > 1 ? "; one of " + tasks + " tasks that fit" : "")
                + (rows > 1 ? "; fits " + rows + " rows" : "")));
    out.println(
        OneLine.of(
            "        "
                + adopt
                + " "
                + Shell.word(row.doubt().row().value())
                + " "
                + Shell.word(candidate.task().task().value())));
  }

  private static String why(Candidate candidate, Doubt doubt) {
    String model =
        candidate.hasAnotherModelThan(doubt)
            ? ", but the model is called " + candidate.task().model()
            : "";
    return switch (candidate.likeness()) {
      case PROMPT -> "the same prompt" + model;
      case BEGINNING -> "its prompt is cut short and begins like the row's" + model;
      case MODEL_AND_TIME -> "model and time fit; its prompt is not shown";
    };
  }

  private static String found(TaskListing listing) {
    if (listing instanceof TaskListing.Listed listed) {
      return "The gateway's list of tasks was read"
          + (listed.reach() == TaskListing.Reach.ALL
              ? ""
              : ", though not to its end, so that there may be more")
          + ": tasks that fit a row, and that no row is known to have made, stand below it."
          + " Which is whose is for you to say.";
    }
    return (listing instanceof TaskListing.NotOffered none
            ? "The gateway has no list of tasks that could be asked (" + none.reason().code() + ")"
            : "The gateway's list of tasks could not be read ("
                + ((TaskListing.Unread) listing).reason().message()
                + ")")
        + ", so how many of its tasks could be these is not known here. Look for them in its own log"
        + " of your account, by request number, time and model.";
  }
}
