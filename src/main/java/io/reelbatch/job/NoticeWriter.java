package io.reelbatch.job;

import io.reelbatch.ledger.Counts;
import io.reelbatch.model.Language;
import io.reelbatch.model.Words;
import io.reelbatch.notice.Notice;
import io.reelbatch.pacing.RunControl;
import io.reelbatch.report.Briefing;
import io.reelbatch.report.Commands;
import io.reelbatch.report.Completeness;
import io.reelbatch.report.Gist;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Puts into a notice what became of a run, from what is known once it has ended. */
final class NoticeWriter {

  private final RunRequest request;
  private final RunId run;
  private final Commands commands;
  private final Instant startedAt;

  NoticeWriter(RunRequest request, RunId run, Instant startedAt) {
    this.request = request;
    this.run = run;
    this.commands = Briefings.commands(request);
    this.startedAt = startedAt;
  }

  /** A run has ended. */
  Notice end(RunResult result, Language language, Instant now) {
    Words words = words(language);
    Gist gist = gist(result, language);
    Counts lines = result.lines();
    return new Notice(
        Notice.SCHEMA,
        UUID.randomUUID().toString(),
        Notice.Event.END.word(),
        request.batch().value(),
        run.value(),
        simulated(),
        result.ending().word(),
        result.ending().code(),
        language.tag(),
        title(words, words.say("ending." + result.ending())),
        lines == null ? words.say("begun") : gist.sentence(),
        lines == null ? Map.of() : lines.byState(),
        result.spent().stream()
            .map(
                spent ->
                    new Notice.Cost(
                        spent.charged().currency().getCurrencyCode(),
                        spent.charged().amount().toPlainString(),
                        spent.open().amount().toPlainString()))
            .toList(),
        lines == null ? List.of(before(result, words)) : needs(gist),
        report(result),
        home(),
        HomeLock.host(),
        startedAt,
        now);
  }

  /** Rows have come into doubt; the run goes on. */
  Notice doubt(Counts counts, long doubts, Language language) {
    Words words = words(language);
    Gist gist = gist(language, Completeness.UNFINISHED, Briefing.Troubles.NONE, doubts, counts);
    return new Notice(
        Notice.SCHEMA,
        UUID.randomUUID().toString(),
        Notice.Event.DOUBT.word(),
        request.batch().value(),
        run.value(),
        simulated(),
        null,
        null,
        language.tag(),
        title(words, words.say("event.DOUBT")),
        gist.sentence(),
        counts.byState(),
        List.of(),
        needs(gist),
        null,
        home(),
        HomeLock.host(),
        startedAt,
        null);
  }

  private Gist gist(RunResult result, Language language) {
    RunControl.Halted halted = result.halted();
    return gist(
        language,
        result.ending().compareTo(Ending.IN_DOUBT) <= 0
            ? Completeness.FINISHED
            : Completeness.UNFINISHED,
        new Briefing.Troubles(
            halted == null ? null : halted.cause(),
            halted == null ? null : halted.reason(),
            result.paused(),
            result.stopped() == null ? null : result.stopped().name(),
            result.error()),
        result.doubts(),
        result.lines() == null ? new Counts(Map.of()) : result.lines());
  }

  private Gist gist(
      Language language,
      Completeness completeness,
      Briefing.Troubles troubles,
      long doubts,
      Counts lines) {
    return Gist.of(language, request.batch(), completeness, troubles, doubts, lines, commands);
  }

  private static List<Notice.Need> needs(Gist gist) {
    return gist.needs().stream()
        .map(need -> new Notice.Need(need.title(), need.text(), need.command().orElse(null)))
        .toList();
  }

  /** What needs a person before anything could begin. */
  private Notice.Need before(RunResult result, Words words) {
    if (!result.errors().isEmpty()) {
      return new Notice.Need(
          words.say("need.rejected", result.errors().size()),
          words.say("need.rejected.text", result.errors().get(0).message().in(words.language())),
          commands.again());
    }
    String title =
        switch (result.ending()) {
          case USAGE, LOCKED -> words.say("need." + result.ending());
          default -> words.say("ending." + result.ending());
        };
    return new Notice.Need(
        title, result.error() == null ? "" : result.error().in(words.language()), commands.again());
  }

  private @Nullable String report(RunResult result) {
    Path folder = result.results();
    return folder == null
        ? null
        : folder
            .resolve(result.ending() == Ending.REJECTED ? "errors.csv" : "report.html")
            .toAbsolutePath()
            .normalize()
            .toString();
  }

  private String title(Words words, String what) {
    return words.say(
        simulated() ? "title.simulated" : "title", request.batch(), HomeLock.host(), what);
  }

  private boolean simulated() {
    return request.use().companion() != null;
  }

  private String home() {
    return request.home().path().toAbsolutePath().normalize().toString();
  }

  private static Words words(Language language) {
    return Words.beside(Notice.class, language);
  }
}
