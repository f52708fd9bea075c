package io.reelbatch.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A migrated database without a batch: made once, then copied, since each test wants its own. */
final class EmptyLedger {

  private static final String FILE = "ledger.mv.db";
  private static final Path TEMPLATE = make();

  private EmptyLedger() {}

  private static Path make() {
    try {
      Path folder = Files.createTempDirectory("empty-ledger");
      folder.toFile().deleteOnExit();
      LedgerSchema.migrate(
          new DriverManagerDataSource(TestLedger.file(folder.resolve("ledger")), "sa", ""));
      Path file = folder.resolve(FILE);
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts one there, unless there is a ledger already. */
  static void into(Path home) {
    try {
      if (!Files.exists(home.resolve(FILE))) {
        Files.copy(TEMPLATE, home.resolve(FILE));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
