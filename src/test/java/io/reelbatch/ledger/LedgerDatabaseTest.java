package io.reelbatch.ledger;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.h2.jdbcx.JdbcDataSource;
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

  private static LedgerDatabase open(Path home, String setting) {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:file:" + home.resolve("ledger") + setting);
    source.setUser("sa");
    return new LedgerDatabase(source, LedgerDatabase.DiskSync.ON);
  }
}
