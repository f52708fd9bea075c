package io.reelbatch.cli;

import io.reelbatch.job.InputCheck;
import io.reelbatch.ledger.Counts;
import io.reelbatch.model.BatchName;
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

  private final BatchName batch;
  private final PrintWriter out;
  private final Phrases phrases;

  CheckPrinter(BatchName batch, PrintWriter out, Phrases phrases) {
    this.batch = batch;
    this.out = out;
    this.phrases = phrases;
  }

  void print(InputCheck check) {
    check.warnings().forEach(warning -> out.println(phrases.say("note", OneLine.of(warning))));
    if (check.errors().isEmpty()) {
      plan(check);
    } else {
      check.errors().forEach(error -> out.println(OneLine.of(error.toString())));
      out.println(phrases.say("check.errors", check.errors().size()));
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
