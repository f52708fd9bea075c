package io.reelbatch.job;

import io.reelbatch.csv.ColumnKeys;
import io.reelbatch.csv.Hints;
import io.reelbatch.csv.MendedFile;
import io.reelbatch.csv.OrderFile;
import io.reelbatch.csv.OrderPage;
import io.reelbatch.csv.OrderPageReader;
import io.reelbatch.csv.UnreadableInputException;
import io.reelbatch.ledger.BatchRecord;
import io.reelbatch.ledger.Batches;
import io.reelbatch.ledger.LedgerDatabase;
import io.reelbatch.ledger.StagedCheck;
import io.reelbatch.ledger.StagedInput;
import io.reelbatch.ledger.Staging;
import io.reelbatch.model.AccountName;
import io.reelbatch.model.Catalogue;
import io.reelbatch.model.DiskTrouble;
import io.reelbatch.model.InputLine;
import io.reelbatch.model.LineError;
import io.reelbatch.model.Message;
import io.reelbatch.report.ErrorTable;
import io.reelbatch.report.NewCsv;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;

/**
 * Says what a run of a file would find and come to, by doing all of it but the sending to a copy of
 * the ledger. The ledger itself is only read, and no key is needed.
 */
public final class CheckDesk {

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
    return atCopy((context, notes) -> checked(context, notes, () -> open(context)));
  }

  /**
   * Why a run of it would not begin: its file is wrong, which is written where that run would write
   * it, or it cannot be checked. Empty if it may begin. Blocks.
   */
  public Optional<RunResult> refusal() {
    try {
      return atCopy(
          (context, notes) -> {
            List<LineError> errors = checked(context, notes, () -> open(context)).errors();
            if (errors.isEmpty()) {
              return Optional.empty();
            }
            ErrorTable.write(
                request.out(),
                request.file(),
                errors,
                request.typed().language(),
                context.getBean(ReportProperties.class).extras());
            return Optional.of(RunResult.rejected(errors, request.out()));
          });
    } catch (DeskException e) {
      return Optional.of(RunResult.failed(e.ending(), e.told()));
    }
  }

  /**
   * Writes the file anew, as good as it can be made without asking, and checks that. Blocks.
   *
   * @param target the new file, which must not exist
   * @throws DeskException likewise, or if the new file exists or cannot be written
   */
  public FixedInput fix(Path target) {
    return atCopy((context, notes) -> fixed(context, notes, target));
  }

  private FixedInput fixed(ApplicationContext context, List<Message> notes, Path target) {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new UsageException(
          Message.of(
              "{0} exists, and nothing is written over a file; give --fix another name", target));
    }
    try (MendedFile mended = MendedFile.open(() -> open(context));
        NewCsv file = new NewCsv(target)) {
      file.line(mended.columns());
      List<String> cells = mended.next();
      while (cells != null) {
        file.line(cells);
        cells = mended.next();
      }
      if (mended.isUnclear()) {
        return new FixedInput(null, 0, List.of(), checked(context, notes, () -> open(context)));
      }
      file.publish();
      return new FixedInput(
          target,
          mended.changed(),
          mended.changes(),
          checked(
              context,
              notes,
              () -> open(context, target, new Hints(StandardCharsets.UTF_8, null))));
    } catch (UnreadableInputException e) {
      return new FixedInput(null, 0, List.of(), InputCheck.rejected(e.errors(), notes));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private UsageException unreadable(IOException e) {
    return new UsageException(
        Message.of("cannot read {0}: {1}", request.file().toAbsolutePath(), DiskTrouble.words(e)),
        e);
  }

  private <T> T atCopy(BiFunction<ApplicationContext, List<Message>, T> work) {
    List<Message> notes = new ArrayList<>();
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
          use,
          LedgerConfiguration.class,
          context -> {},
          context ->
              context.getBean(LedgerDatabase.class).trying(() -> work.apply(context, notes)));
    } catch (RuntimeException | InterruptedException | IOException e) {
      Explanation explanation = Explanation.of(e, request.home());
      throw new DeskException(explanation.ending(), explanation.message(), e);
    }
  }

  @SuppressWarnings("try") // the lock is held, not used
  private void copyLedger(Path folder, List<Message> notes)
      throws IOException, InterruptedException {
    request.home().copyMarksTo(folder);
    if (!request.home().ledger().exists() || request.home().server().isPresent()) {
      return;
    }
    try (HomeLock lock = HomeLock.take(request.home(), Duration.ZERO, request.use().what())) {
      request.home().ledger().copyTo(folder);
    } catch (InUseException e) {
      notes.add(
          Message.of(
              "a run is using the home, so what is paid for already cannot be seen: every line is"
                  + " shown as new. It is not: the run knows"));
    }
  }

  private InputCheck checked(
      ApplicationContext context, List<Message> notes, OrderPageReader.Opening opening) {
    LedgerDatabase database = context.getBean(LedgerDatabase.class);
    InstantSource clock = context.getBean(InstantSource.class);
    GatewayProperties gateway = context.getBean(GatewayProperties.class);
    BatchRecord batch =
        context
            .getBean(Batches.class)
            .toCheck(
                request.batch(), request.use().originOr(gateway.baseUrl()), AccountName.DEFAULT);
    Staging staging = Staging.toCheck(database, clock, batch);
    WrongLines wrong = new WrongLines();
    List<Message> warnings = new ArrayList<>(notes);
    List<String> columns;
    StagedInput input;
    long lines = 0;
    SimilarPrompts prompts = new SimilarPrompts();
    OrderPageReader reader = OrderPageReader.of(opening);
    try {
      OrderPage page = Objects.requireNonNull(reader.read()); // an empty one of an empty file
      columns = page.columns();
      input = staging.begin("check", "check", request.file().toString(), columns);
      while (page != null) {
        staging.add(input, page.lines());
        lines += page.lines().size();
        for (InputLine line : page.lines()) {
          wrong.note(line, columns);
          note(line, prompts);
        }
        page = reader.read();
      }
      warnings.addAll(reader.warnings());
    } catch (UnreadableInputException e) {
      return InputCheck.rejected(e.errors(), warnings);
    } catch (IOException e) {
      throw unreadable(e);
    }
    long known = context.getBean(Batches.class).counts(batch).all();
    if (lines == 0 && known > 0) {
      return InputCheck.rejected(List.of(InputRejectedException.noRows(known)), warnings);
    }
    StagedCheck check =
        new StagedCheck(
            database,
            batch,
            context.getBean(Catalogue.class),
            LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    List<LineError> errors = new ArrayList<>(wrong.errors());
    if (request.invalid() == InvalidLines.SKIP) {
      List<LineError> found = found(check, input, columns);
      while (!found.isEmpty()) {
        staging.passOver(input, found);
        errors.addAll(found);
        found = found(check, input, columns);
      }
      errors.forEach(error -> warnings.add(Message.of("passed over: {0}", error.message())));
      errors.clear();
    } else {
      errors.addAll(wrong.ofTheWhole(check, input, columns));
    }
    return errors.isEmpty()
        ? new Forecast(context, batch).of(input, warnings, prompts)
        : InputCheck.rejected(errors, warnings);
  }

  private static List<LineError> found(StagedCheck check, StagedInput input, List<String> columns) {
    return check.errors(input).stream().map(error -> ColumnKeys.asInFile(error, columns)).toList();
  }

  private OrderFile open(ApplicationContext context) throws IOException {
    return open(context, request.file(), context.getBean(CsvProperties.class).hints());
  }

  private static OrderFile open(ApplicationContext context, Path file, Hints hints)
      throws IOException {
    return OrderFile.open(
        file,
        hints,
        context.getBean(Catalogue.class),
        context.getBean(RunProperties.class).defaults());
  }

  private static void note(InputLine line, SimilarPrompts prompts) {
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
