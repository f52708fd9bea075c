package io.reelbatch.cli;

import io.reelbatch.job.FixedInput;
import io.reelbatch.job.InputCheck;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.CellChange;
import io.reelbatch.model.Money;
import io.reelbatch.model.OneLine;
import java.io.PrintWriter;
import java.time.Duration;
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

  /**
   * Prints to there.
   *
   * @param before what stands before everything that is said of the file: its name, if there are
   *     others
   */
  CheckPrinter(BatchName batch, String before, ErrorPrinter errors, PrintWriter out) {
    this.batch = batch;
    this.before = before;
    this.errors = errors;
    this.out = out;
  }

  /** Of a file that was written anew, what was changed and what it comes to. */
  void print(FixedInput fixed) {
    fixed.changes().stream().limit(SHOWN_CHANGES).forEach(change -> out.println(text(change)));
    if (fixed.changed() > SHOWN_CHANGES) {
      out.println("… and " + (fixed.changed() - SHOWN_CHANGES) + " more");
    }
    if (fixed.file() != null) {
      out.println(
          fixed.changed()
              + (fixed.changed() == 1 ? " cell" : " cells")
              + " changed; written to "
              + fixed.file()
              + ". It is the same batch, so run it as that: run "
              + Shell.word(fixed.file().toString())
              + " --batch "
              + batch);
    }
    print(fixed.check());
  }

  private static String text(CellChange change) {
    return OneLine.of(
        "line "
            + change.line()
            + ", column "
            + change.column()
            + ": \""
            + change.from()
            + "\" becomes \""
            + change.to()
            + '"');
  }

  void print(InputCheck check) {
    check.warnings().forEach(warning -> out.println("note: " + OneLine.of(before + warning)));
    if (check.errors().isEmpty()) {
      plan(check);
    } else {
      errors.print(check.errors(), out);
      out.println(
          before
              + check.errors().size()
              + (check.errors().size() == 1 ? " error" : " errors")
              + "; 'run' would send nothing");
    }
    out.flush();
  }

  private void plan(InputCheck check) {
    long rows = check.kinds().stream().mapToLong(InputCheck.OfKind::rows).sum();
    out.println(
        "batch " + batch + ": nothing is wrong. " + (rows == 0 ? "Nothing" : rows) + " to send");
    check.kinds().forEach(kind -> out.println(row(kind)));
    if (!check.known().isEmpty()) {
      out.println("known already: " + known(check));
    }
    if (check.starting() > 0) {
      out.println(
          check.starting()
              + (check.starting() == 1 ? " line starts" : " lines start")
              + " from the video of another line, once that is there");
    }
    if (rows > 0) {
      out.println("cost: " + cost(check));
      out.println("time: " + time(check));
      alone(check);
    }
  }

  private static String row(InputCheck.OfKind kind) {
    return String.format(
        Locale.ROOT, "%8d  %-40s  %s", kind.rows(), kind.kind(), cost(List.of(kind)));
  }

  private static String cost(InputCheck check) {
    String cost = cost(check.kinds());
    return cost.startsWith("no price")
        ? "not known; no gateway tells its prices, reelbatch.prices is where they are configured"
        : cost + ", by the prices that are configured";
  }

  private static String cost(List<InputCheck.OfKind> kinds) {
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
              ? "no price is known"
              : "and " + unpriced + (unpriced == 1 ? " row" : " rows") + " without a known price");
    }
    return String.join(" ", parts);
  }

  private static String known(InputCheck check) {
    return check.known().entrySet().stream()
            .sorted(java.util.Map.Entry.comparingByKey())
            .map(
                state ->
                    state.getValue()
                        + " "
                        + state.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' '))
            .collect(Collectors.joining(", "))
        + "; what was sent is not sent again";
  }

  private static String time(InputCheck check) {
    return "at least "
        + time(check.sending())
        + " to send"
        + (check.making() == null
            ? ""
            : ", about "
                + time(check.making())
                + " to make, by what the newest videos took at --max-active");
  }

  /** About so long. */
  static String time(Duration time) {
    long seconds = Math.max(1, time.toSeconds());
    return seconds < 120
        ? seconds + " s"
        : seconds < 7200
            ? seconds / 60 + " min"
            : String.format(Locale.ROOT, "%.1f h", (double) seconds / 3600);
  }

  private void alone(InputCheck check) {
    String unproven =
        check.kinds().stream()
            .filter(kind -> !kind.proven())
            .map(kind -> kind.kind().name())
            .collect(Collectors.joining(", "));
    if (!unproven.isEmpty()) {
      out.println("sent alone first, to see that it is taken, one of each: " + unproven);
    }
  }
}
