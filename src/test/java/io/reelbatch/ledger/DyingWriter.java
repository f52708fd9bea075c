package io.reelbatch.ledger;

import com.zaxxer.hikari.HikariDataSource;
import io.reelbatch.model.SendOutcome;
import io.reelbatch.model.TaskId;
import java.nio.file.Path;
import java.util.List;

/** A process that says aloud what the ledger has acknowledged, until it is killed. */
final class DyingWriter {

  private DyingWriter() {}

  /** Home, URL. */
  @SuppressWarnings("SystemOut") // the parent process reads it
  public static void main(String[] arguments) {
    HikariDataSource source = new HikariDataSource();
    source.setJdbcUrl(arguments[1]);
    source.setUsername("sa"); // of H2; the address of a server names its own
    LedgerDatabase database = new LedgerDatabase(source, LedgerDatabase.DiskSync.OFF);
    Batches batches = new Batches(database, java.time.InstantSource.system());
    BatchRecord batch = batches.all().get(0);
    RescueFile rescue = new RescueFile(Path.of(arguments[0]).resolve("rescue.jsonl"));
    try (Ledger ledger =
        new Ledger(
            database,
            java.time.InstantSource.system(),
            batch,
            1,
            io.reelbatch.model.Terms.NONE,
            rescue,
            () -> {})) {
      while (true) {
        List<PlannedRow> rows = ledger.planned(3);
        if (rows.isEmpty()) {
          return;
        }
        for (Attempt attempt : ledger.intend(rows)) {
          System.out.println("intended " + attempt.row());
          System.out.flush();
          ledger.record(
              attempt,
              new SendOutcome.Accepted(new TaskId("task_" + attempt.row()), LedgerWorld.ANSWER));
          System.out.println("accepted " + attempt.row());
          System.out.flush();
        }
      }
    }
  }
}
