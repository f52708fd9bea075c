package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.reelbatch.model.AccountName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class ApiKeysTest {

  private static final AccountName STUDIO = new AccountName("studio-1");

  @TempDir Path folder;

  @Test
  void eachAccountHasTheKeyThatIsNamedAfterIt() {
    ApiKeys keys =
        keys(
            Map.of(
                "REELBATCH_API_KEY", "sk-plain",
                "REELBATCH_API_KEY_STUDIO_1", "sk-studio",
                "reelbatch.accounts.anna.api-key", "sk-anna"));

    assertThat(keys.of(AccountName.DEFAULT).value()).isEqualTo("sk-plain");
    assertThat(keys.of(STUDIO).value()).isEqualTo("sk-studio");
    assertThat(keys.of(new AccountName("anna")).value()).isEqualTo("sk-anna");
    assertThat(keys.find(new AccountName("studio"))).isEmpty();
  }

  @Test
  void aFileMayHaveAByteOrderMarkBlanksAndAnEndOfItsLine() throws IOException {
    Path file = secret("\uFEFF  sk-from-a-file \r\n\n");

    for (String name :
        new String[] {
          "REELBATCH_API_KEY_STUDIO_1_FILE", "reelbatch.accounts.studio-1.api-key-file"
        }) {
      assertThat(keys(Map.of(name, file.toString())).of(STUDIO).value())
          .isEqualTo("sk-from-a-file");
    }
  }

  @Test
  void aFileThatOthersCanReadIsWarnedOf() throws IOException {
    Path file = secret("sk-x");
    Logger logger = (Logger) LoggerFactory.getLogger(SecretFile.class);
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    said.start();
    logger
        .getLoggerContext()
        .resetTurboFilterList(); // whoever read settings alone has silenced all
    logger.addAppender(said);
    try {
      var unused = keys(Map.of("reelbatch.api-key-file", file.toString())).of(AccountName.DEFAULT);
      assertThat(said.list).isEmpty();

      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      var again = keys(Map.of("reelbatch.api-key-file", file.toString())).of(AccountName.DEFAULT);
      assertThat(again).isEqualTo(unused);
      assertThat(said.list).singleElement().asString().contains("chmod 600", file.toString());
    } finally {
      logger.detachAppender(said);
    }
  }

  @Test
  void aKeyThatCannotStandInAHeaderIsRefusedWithoutShowingIt() throws IOException {
    Path twoLines = secret("sk-canary\nsk-canary");

    assertThatThrownBy(() -> keys(Map.of("REELBATCH_API_KEY_STUDIO_1", "sk-cänary")).of(STUDIO))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("REELBATCH_API_KEY_STUDIO_1")
        .hasMessageNotContaining("nary");
    assertThatThrownBy(
            () -> keys(Map.of("REELBATCH_API_KEY_STUDIO_1_FILE", twoLines.toString())).of(STUDIO))
        .isInstanceOf(UsageException.class)
        .hasMessageNotContaining("nary");
  }

  @Test
  void anAccountWithoutOneIsToldWhatToSet() {
    assertThatThrownBy(() -> keys(Map.of("REELBATCH_API_KEY", "sk-plain")).of(STUDIO))
        .hasMessageContaining("studio-1")
        .hasMessageContaining("REELBATCH_API_KEY_STUDIO_1");
  }

  private Path secret(String content) throws IOException {
    Path file = Files.createTempFile(folder, "key", "");
    Files.writeString(file, content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static ApiKeys keys(Map<String, Object> settings) {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("test", settings));
    return new ApiKeys(environment);
  }
}
