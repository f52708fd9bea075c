package io.reelbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A commit that is not on the disk is none. */
class LedgerDatabaseTest {

  @ParameterizedTest
  @ValueSource(strings = {"", ";WRITE_DELAY=500", ";WRITE_DELAY=1"})
  void anH2FileWhoseWritesAreDelayedIsRefused(String setting, @TempDir Path home) {
    assertThatThrownBy(() -> open(home, setting))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("WRITE_DELAY=0");
  }

  @Test
  void anH2FileWhoseWritesAreNotDelayedIsTaken(@TempDir Path home) {
    assertThatCode(() -> open(home, ";WRITE_DELAY=0")).doesNotThrowAnyException();
  }

  @Test
  void aFileThatCouldNotBeWrittenIsSeenWithoutAskingIt(@TempDir Path home) throws SQLException {
    JdbcDataSource source = source(home, ";WRITE_DELAY=0");
    Connection held = source.getConnection(); // keeps the file open; cannot be closed afterwards
    LedgerDatabase database = new LedgerDatabase(source, LedgerDatabase.DiskSync.ON);
    assertThat(database.isBroken()).isFalse();
    MVStore store = LedgerDatabase.store(held);
    MVStoreException full = DataUtils.newMVStoreException(DataUtils.ERROR_WRITING_FAILED, "full");

    assertThatThrownBy(() -> store.panic(full)).isSameAs(full);

    assertThat(database.isBroken()).isTrue();
  }

  private static LedgerDatabase open(Path home, String setting) {
    return new LedgerDatabase(source(home, setting), LedgerDatabase.DiskSync.ON);
  }

  private static JdbcDataSource source(Path home, String setting) {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:file:" + home.resolve("ledger") + setting);
    source.setUser("sa");
    return source;
  }
}
