package io.reelbatch.job;

import io.reelbatch.model.BatchName;
import io.reelbatch.model.DiskTrouble;
import io.reelbatch.model.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of the results, claimed before anything is sent: it can be written, and what lies in
 * it came from this very ledger. The results of another may be the only trace of what was paid
 * there.
 */
final class ResultsFolder {

  private static final String OWNER = ".reelbatch";

  private ResultsFolder() {}

  /**
   * Claims the folder.
   *
   * @throws UsageException if it cannot be written, or holds the results of another ledger or batch
   */
  static void claim(Path folder, Home home, BatchName batch) {
    String owner = home.id() + " " + batch;
    Path file = folder.resolve(OWNER);
    try {
      OwnerOnly.makeFolder(folder);
      if (Files.exists(file) && !Files.readString(file).strip().equals(owner)) {
        throw new UsageException(
            Message.of(
                "{0} holds the results of another batch or of another home than {1}; its rows may be"
                    + " paid for, and this run knows nothing of them. Give the right --home or"
                    + " --batch, or another --out, or move the folder away. Nothing was sent",
                folder, home.path()));
      }
      OwnerOnly.write(file, owner + "\n");
    } catch (IOException e) {
      throw new UsageException(
          Message.of(
              "cannot write to {0}: {1}. Nothing was sent. Mend the folder, or give another with"
                  + " --out",
              folder, DiskTrouble.ofFolder(e)),
          e);
    }
  }
}
