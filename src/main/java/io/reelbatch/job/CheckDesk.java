package io.reelbatch.job;

import io.reelbatch.csv.OrderFile;
import io.reelbatch.csv.UnreadableInputException;
import io.reelbatch.ledger.BatchRecord;
import io.reelbatch.ledger.Batches;
import io.reelbatch.ledger.LedgerDatabase;
import io.reelbatch.ledger.StagedCheck;
import io.reelbatch.ledger.Staging;
import io.reelbatch.model.Catalogue;
import io.reelbatch.model.InputLine;
import io.reelbatch.model.LineError;
import io.reelbatch.report.ErrorTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;

/**
 * Says what a run of a file would find and come to, by doing all of it but the sending to a copy of
 * the ledger. The ledger itself is only read, and no key is needed.
 */
public final class CheckDesk {

  private static final int PAGE = 2000;
  private static final int MOST_ERRORS = 10_000;

  private final RunRequest request;

  /** Of the run that was asked for. */
  public CheckDesk(RunRequest request) {
    this.request = request;
  }

  /**
   * Checks it. Blocks.
   *
   * @throws DeskException if the file or the ledger cannot be read, or a setting is wrong
   */
  public InputCheck check() {
    List<String> notes = new ArrayList<>();
    try (Scratch scratch = Scratch.make()) {
      copyLedger(scratch.path(), notes);
      HomeUse use =
          new HomeUse(
              new Home(scratch.path()),
              Duration.ZERO,
              request.use().what(),
              null,
              request.use().origin(),
              request.use().settings());
      return Session.in(
          use, LedgerConfiguration.class, context -> {}, context -> checked(context, notes));
    } catch (RuntimeException | InterruptedException | IOException e) {
      Explanation explanation = Explanation.of(e, request.home());
      throw new DeskException(explanation.ending(), explanation.message(), e);
    }
  }

  /** Writes what is wrong where a run that is refused for it does. */
  public void keep(InputCheck check) {
    ErrorTable.write(request.out(), check.errors());
  }

  @SuppressWarnings("try") // the lock is held, not used
  private void copyLedger(Path folder, List<String> notes)
      throws IOException, InterruptedException {
    if (!request.home().ledger().exists()) {
      return;
    }
    try (HomeLock lock = HomeLock.take(request.home(), Duration.ZERO, request.use().what())) {
      request.home().ledger().copyTo(folder);
    } catch (HomeInUseException e) {
      notes.add(
          "a run is using the home, so what is paid for already cannot be seen: every line is shown"
              + " as new. It is not: the run knows");
    }
  }

  private InputCheck checked(ApplicationContext context, List<String> notes) {
    LedgerDatabase database = context.getBean(LedgerDatabase.class);
    InstantSource clock = context.getBean(InstantSource.class);
    GatewayProperties gateway = context.getBean(GatewayProperties.class);
    BatchRecord batch =
        context
            .getBean(Batches.class)
            .open(request.batch(), request.use().originOr(gateway.baseUrl()), gateway.account());
    Staging staging = new Staging(database, clock, batch);
    List<LineError> errors = new ArrayList<>();
    List<String> warnings = new ArrayList<>(notes);
    long input;
    SimilarPrompts prompts = new SimilarPrompts();
    try (OrderFile file = open(context)) {
      input = staging.begin("check", "check", request.file().toString(), file.columns());
      List<InputLine> page = page(file);
      while (!page.isEmpty()) {
        staging.add(input, page);
        page.forEach(line -> note(line, errors, prompts));
        page = page(file);
      }
      warnings.addAll(file.warnings());
    } catch (UnreadableInputException e) {
      return InputCheck.rejected(e.errors(), warnings);
    } catch (IOException e) {
      throw new UsageException(
          "cannot read " + request.file().toAbsolutePath() + ": " + DiskTrouble.words(e), e);
    }
    StagedCheck check =
        new StagedCheck(
            database,
            batch,
            context.getBean(Catalogue.class),
            LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    List<LineError> found = check.errors(input);
    if (request.invalid() == InvalidLines.SKIP) {
      while (!found.isEmpty()) {
        staging.passOver(input, found);
        errors.addAll(found);
        found = check.errors(input);
      }
      errors.forEach(error -> warnings.add("passed over: " + error));
      errors.clear();
    }
    errors.addAll(found);
    return errors.isEmpty()
        ? new Forecast(context, batch).of(input, warnings, prompts)
        : InputCheck.rejected(errors, warnings);
  }

  private OrderFile open(ApplicationContext context) throws IOException {
    return OrderFile.open(
        request.file(),
        context.getBean(CsvProperties.class).hints(),
        context.getBean(Catalogue.class),
        context.getBean(RunProperties.class).defaults());
  }

  private static List<InputLine> page(OrderFile file) throws IOException {
    List<InputLine> page = new ArrayList<>();
    InputLine line = file.next();
    while (line != null) {
      page.add(line);
      line = page.size() < PAGE ? file.next() : null;
    }
    return page;
  }

  private static void note(InputLine line, List<LineError> errors, SimilarPrompts prompts) {
    if (errors.size() < MOST_ERRORS) {
      errors.addAll(line.errors());
    }
    if (line.order() != null && line.variant() <= 1) {
      prompts.add(line.order().order().prompt());
    }
  }

  /** A folder for as long as the check takes; its user's alone, since prompts are in it. */
  private record Scratch(Path path) implements AutoCloseable {

    static Scratch make() throws IOException {
      return new Scratch(Files.createTempDirectory("reelbatch-check"));
    }

    @Override
    public void close() {
      try (Stream<Path> files = Files.walk(path)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(path + " could not be removed; it holds prompts", e);
      }
    }
  }
}
