package io.reelbatch.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Where a ledger is kept, and how to get at it. */
public sealed interface LedgerPlace permits LedgerFile, LedgerServer {

  /** What JDBC is told; it may hold a password, so nobody shows it. */
  String url();

  /** Who opens it; null where that stands in the {@link #url}. */
  @Nullable String user();

  /** Likewise. */
  @Nullable String password();

  /**
   * Opens the ledger at its newest version, making it if there is none. It stays open at least as
   * long as the connection. Blocks.
   *
   * @throws NewerLedgerException if a newer version of the program made it
   * @throws LedgerException if it may not be used as it is; nothing was sent
   */
  Connection open() throws SQLException;
}
