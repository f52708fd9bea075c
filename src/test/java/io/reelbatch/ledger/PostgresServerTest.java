package io.reelbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class PostgresServerTest {

  @Test
  void theServerOfTheTestsWritesToTheDiskAsItPromises() {
    JdbcTemplate sql = new JdbcTemplate(PostgresServer.source(PostgresServer.shared().ledger()));

    assertThat(sql.queryForObject("show fsync", String.class)).isEqualTo("on");
    assertThat(sql.queryForObject("show synchronous_commit", String.class)).isEqualTo("on");
  }

  @Test
  void eachTestHasADatabaseOfItsOwn() {
    JdbcTemplate one = new JdbcTemplate(PostgresServer.source(PostgresServer.shared().ledger()));
    JdbcTemplate other = new JdbcTemplate(PostgresServer.source(PostgresServer.shared().ledger()));

    one.update("update row_number set next_id = 7");

    assertThat(other.queryForObject("select next_id from row_number", Long.class)).isEqualTo(1);
  }

  @Test
  void aServerThatWasStoppedHasWhatItHadWhenItIsStartedAgain() {
    try (PostgresServer server = PostgresServer.start()) {
      JdbcTemplate sql = new JdbcTemplate(PostgresServer.source(server.ledger()));
      sql.update("update row_number set next_id = 7");

      server.stop();
      server.startAgain();

      assertThat(sql.queryForObject("select next_id from row_number", Long.class)).isEqualTo(7);
    }
  }
}
