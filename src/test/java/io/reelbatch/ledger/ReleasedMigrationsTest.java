package io.reelbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A ledger that was begun with a migration is refused once its text is another. */
class ReleasedMigrationsTest {

  @ParameterizedTest
  @CsvSource({
    "V2__ledger.sql, cc20b38f673f8b570875e84f3c469ddbcab459649195baa2302d6746211881c5",
    "V3__settlement.sql, 9ba162518c7decac9da8685c1d3fbfc81cc9659b7363f1ee0943d7ad71dc9ad4",
    "V4__kinds_and_money.sql, 4f20e471028ed204976008f9e7f991eab0ab38d74097145846834e96214dc8d2",
    "V5__rounds.sql, b8fc79b08b4d7d99beb8804b17c62e5d127210c556ada208a29b70fd3f6ab463",
    "V6__pace.sql, d02604e23f8c464c01df428e6f1fae8aedf221505d8faa9a4be5084ab9b3f1cf",
    "V7__large_inputs.sql, d980483aa84950788218ac6b890cfe9a335db40365d5e8b68ad42e6945bd01dd",
    "V8__bulk_loads.sql, 81fcb1ee05770bb187a0778dd52eb9fbcb108b0edeed11209c6b7917a4088a86",
    "V9__chains.sql, 8597c2de9dd2e464033b82a6e9a72085448dc2b3a0becf06b654c7662f3f5eb8",
    "V10__files.sql, fd56b48fa50a9ba8195aae42fe5b85901d1850eeb3f603ac1783fd990020e2ba",
    "V11__variants.sql, 0b03c3bedec00ea38b7692da3fa82833feb3932babbea63fc1fbd115cd27d3c9"
  })
  void aMigrationThatWasReleasedIsNeverEdited(String name, String sha256) throws Exception {
    byte[] text =
        Files.readAllBytes(Path.of("src", "main", "resources", "db", "migration", "common", name));

    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text)))
        .isEqualTo(sha256);
  }
}
