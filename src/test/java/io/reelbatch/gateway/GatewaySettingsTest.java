package io.reelbatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewaySettingsTest {

  @Test
  void settingsNeverPrintTheKey() {
    assertThat(settings("https://gateway.example", "PT10S", "PT180S", 8, "/q/{id}").toString())
        .contains("gateway.example", "ApiKey[***]")
        .doesNotContain("sk-secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ftp://gateway.example          | PT1S | PT1S | 1 | /q/{id}     | base URL
          gateway.example                | PT1S | PT1S | 1 | /q/{id}     | base URL
          https:///v1                    | PT1S | PT1S | 1 | /q/{id}     | host
          https://u:p@gateway.example    | PT1S | PT1S | 1 | /q/{id}     | plain address
          https://gateway.example?a=b    | PT1S | PT1S | 1 | /q/{id}     | plain address
          https://gateway.example#top    | PT1S | PT1S | 1 | /q/{id}     | plain address
          https://gateway.example        | PT0S | PT1S | 1 | /q/{id}     | connect timeout
          https://gateway.example        | PT1S | -PT1S | 1 | /q/{id}    | answer timeout
          https://gateway.example        | PT1S | PT25H | 1 | /q/{id}    | answer timeout
          https://gateway.example        | PT1S | PT1S | 0 | /q/{id}     | connection
          https://gateway.example        | PT1S | PT1S | 1 | q/{id}      | query path
          https://gateway.example        | PT1S | PT1S | 1 | /q          | query path
          https://gateway.example        | PT1S | PT1S | 1 | /{id}/{id}  | query path
          https://gateway.example        | PT1S | PT1S | 1 | /q q/{id}   | query path
          """)
  void settingsThatCannotWorkAreRefusedByName(
      String url, Duration connect, Duration answer, int connections, String path, String named) {
    assertThatThrownBy(
            () -> settings(url, connect.toString(), answer.toString(), connections, path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(named);
  }

  private static GatewaySettings settings(
      String url, String connect, String answer, int connections, String path) {
    return new GatewaySettings(
        URI.create(url),
        new ApiKey("sk-secret"),
        Duration.parse(connect),
        Duration.parse(answer),
        connections,
        path,
        GatewaySettings.DEFAULT_QUERY_FALLBACK_PATH);
  }
}
