package io.reelbatch.cli;

import io.reelbatch.job.FixedInput;
import io.reelbatch.job.InputCheck;
import io.reelbatch.ledger.Counts;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.CellChange;
import io.reelbatch.model.Money;
import io.reelbatch.model.OneLine;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** The plan of a file before any money, or what is wrong with it. */
final class CheckPrinter {

  private static final int SHOWN_CHANGES = 100;

  private final BatchName batch;
  private final String before;
  private final ErrorPrinter errors;
  private final PrintWriter out;
  private final Phrases phrases;

  /**
   * Prints to there.
   *
   * @param before what stands before everything that is said of the file: its name, if there are
   *     others
   */
  CheckPrinter(
      BatchName batch, String before, ErrorPrinter errors, PrintWriter out, Phrases phrases) {
    this.batch = batch;
    this.before = before;
    this.errors = errors;
    this.out = out;
    this.phrases = phrases;
  }

  /** Of a file that was written anew, what was changed and what it comes to. */
  void print(FixedInput fixed) {
    fixed.changes().stream().limit(SHOWN_CHANGES).forEach(change -> out.println(text(change)));
    if (fixed.changed() > SHOWN_CHANGES) {
      out.println(phrases.say("more", fixed.changed() - SHOWN_CHANGES));
    }
    if (fixed.file() != null) {
      String file = fixed.file().toString();
      out.println(phrases.say("check.fixed", fixed.changed(), file, Shell.word(file), batch));
    }
    print(fixed.check());
  }

  private String text(CellChange change) {
    return OneLine.of(
        phrases.say("check.change", change.line(), change.column(), change.from(), change.to()));
  }

  void print(InputCheck check) {
    check
        .warnings()
        .forEach(
            warning -> out.println(phrases.say("note", OneLine.of(before + phrases.say(warning)))));
    if (check.errors().isEmpty()) {
      plan(check);
    } else {
      errors.print(check.errors(), out);
      out.println(before + phrases.say("check.errors", check.errors().size()));
    }
    out.flush();
  }

  private void plan(InputCheck check) {
    long rows = check.kinds().stream().mapToLong(InputCheck.OfKind::rows).sum();
    out.println(phrases.say("check.right", batch, rows));
    check.kinds().forEach(kind -> out.println(row(kind)));
    if (!check.known().isEmpty()) {
      out.println(phrases.say("check.known", phrases.states(new Counts(check.known()))));
    }
    if (check.starting() > 0) {
      out.println(phrases.say("check.starting", check.starting()));
    }
    if (rows > 0) {
      out.println(phrases.say("check.cost", cost(check)));
      out.println(time(check));
      alone(check);
    }
  }

  private String row(InputCheck.OfKind kind) {
    return String.format(
        Locale.ROOT, "%8d  %-40s  %s", kind.rows(), kind.kind(), cost(List.of(kind)));
  }

  private String cost(InputCheck check) {
    boolean isPriced = check.kinds().stream().anyMatch(kind -> kind.cost() != null);
    return isPriced
        ? phrases.say("check.cost.known", cost(check.kinds()))
        : phrases.say("check.cost.none");
  }

  private String cost(List<InputCheck.OfKind> kinds) {
    List<String> parts = new ArrayList<>();
    kinds.stream()
        .map(InputCheck.OfKind::cost)
        .filter(Objects::nonNull)
        .reduce(Money::plus)
        .ifPresent(sum -> parts.add(sum.toString()));
    long unpriced = kinds.stream().mapToLong(InputCheck.OfKind::unpriced).sum();
    if (unpriced > 0) {
      parts.add(
          parts.isEmpty()
              ? phrases.say("check.unpriced.all")
              : phrases.say("run.cost.unpriced", unpriced));
    }
    return String.join(" ", parts);
  }

  private String time(InputCheck check) {
    return check.making() == null
        ? phrases.say("check.time", phrases.time(check.sending()))
        : phrases.say(
            "check.time.made", phrases.time(check.sending()), phrases.time(check.making()));
  }

  private void alone(InputCheck check) {
    String unproven =
        check.kinds().stream()
            .filter(kind -> !kind.proven())
            .map(kind -> kind.kind().name())
            .collect(Collectors.joining(", "));
    if (!unproven.isEmpty()) {
      out.println(phrases.say("check.alone", unproven));
    }
  }
}
