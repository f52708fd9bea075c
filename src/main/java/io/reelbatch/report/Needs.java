package io.reelbatch.report;

import io.reelbatch.ledger.Counts;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.Kind;
import io.reelbatch.model.Reason;
import io.reelbatch.model.RowState;
import io.reelbatch.model.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What needs a person, most pressing first, each with the command to type. */
final class Needs {

  private final Words words;
  private final BatchName batch;
  private final Commands commands;
  private final List<Need> found = new ArrayList<>();

  Needs(Words words, BatchName batch, Commands commands) {
    this.words = words;
    this.batch = batch;
    this.commands = commands;
  }

  /**
   * All of them.
   *
   * @param doubts rows in doubt in the whole batch
   * @param lines how the lines of the input ended
   */
  List<Need> list(
      Completeness completeness, Briefing.Troubles troubles, long doubts, Counts lines) {
    if (completeness == Completeness.UNFINISHED) {
      troubles(troubles);
    }
    doubts(doubts);
    lost(lines.of(RowState.LOST));
    failed(lines.of(RowState.FAILED, RowState.REFUSED));
    invalid(lines.of(RowState.INVALID));
    return List.copyOf(found);
  }

  private void troubles(Briefing.Troubles troubles) {
    if (troubles.error() != null) {
      add(Need.Tone.BAD, words.say("need.error"), troubles.error().in(words.language()), again());
    }
    if (troubles.halted() != null) {
      add(
          Need.Tone.BAD,
          words.say("need.halted", words.say("halt." + troubles.halted().name())),
          said(troubles.seen()) + words.say("need.halted.text"),
          again());
    }
    for (Map.Entry<Kind, Reason> paused : troubles.paused().entrySet()) {
      add(
          Need.Tone.BAD,
          words.say("need.paused", paused.getKey()),
          said(paused.getValue()) + words.say("need.paused.text"),
          again());
    }
    if (troubles.halted() == null && troubles.paused().isEmpty() && troubles.stopped() != null) {
      add(
          Need.Tone.WARN,
          words.say("need.stopped", words.say("stop." + troubles.stopped())),
          words.say("need.stopped.text"),
          again());
    }
  }

  private Need.Step again() {
    return new Need.Step("", commands.again());
  }

  private String said(@Nullable Reason seen) {
    return seen == null ? "" : seen.in(words.language()) + " — ";
  }

  private void doubts(long rows) {
    if (rows > 0) {
      add(
          Need.Tone.WARN,
          words.say("need.doubt", rows),
          words.say("need.doubt.text"),
          about("", "doubt", "list"),
          about("need.doubt.adopt", "doubt", "adopt", "ROW", "TASK_ID"),
          about("need.doubt.resubmit", "doubt", "resubmit", "ROW"),
          about("need.doubt.writeoff", "doubt", "write-off", "ROW"));
    }
  }

  private void lost(long rows) {
    if (rows > 0) {
      add(
          Need.Tone.WARN,
          words.say("need.lost", rows),
          words.say("need.lost.text"),
          about("", "again", "ROW"));
    }
  }

  private void failed(long rows) {
    if (rows > 0) {
      add(
          Need.Tone.PLAIN,
          words.say("need.failed", rows),
          words.say("need.failed.text"),
          new Need.Step("", commands.retry()));
    }
  }

  private void invalid(long rows) {
    if (rows > 0) {
      add(Need.Tone.PLAIN, words.say("need.invalid", rows), words.say("need.invalid.text"));
    }
  }

  private Need.Step about(String label, String... what) {
    return new Need.Step(label.isEmpty() ? "" : words.say(label), commands.about(batch, what));
  }

  private void add(Need.Tone tone, String title, String text, Need.Step... steps) {
    found.add(new Need(tone, title, text, List.of(steps)));
  }
}
