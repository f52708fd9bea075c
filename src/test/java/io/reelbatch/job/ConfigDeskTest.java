package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigDeskTest {

  @ParameterizedTest
  @CsvSource({
    "reelbatch.api-key,                  sk-1,                              ***",
    "reelbatch.api-key-file,             /etc/key,                          /etc/key",
    "reelbatch.accounts.a.api-key,       sk-1,                              ***",
    "reelbatch.accounts.a.api-key-file,  /etc/key,                          /etc/key",
    "reelbatch.notify.team.url,          https://chat.example/hook,         ***",
    "reelbatch.notify.team.url-file,     /etc/hook,                         /etc/hook",
    "reelbatch.notify.team.secret,       s,                                 ***",
    "reelbatch.gateway.proxy,            http://me:pw@proxy:3128,           http://***@proxy:3128",
    "reelbatch.gateway.base-url,         https://api.example,               https://api.example",
    "spring.datasource.password,         pw,                                ***",
    "spring.datasource.url,              jdbc:postgresql://me:pw@db/x,      jdbc:postgresql://***@db/x",
    "spring.datasource.url,              jdbc:postgresql://db/x?password=pw&a=b, jdbc:postgresql://db/x?password=***&a=b",
    "some.otlp.headers.authorization,    Bearer x,                          ***",
    "reelbatch.submit.rate,              2/s,                               2/s",
  })
  void secretsAreMasked(String name, String value, String shown) {
    assertThat(ConfigDesk.masked(name, value)).isEqualTo(shown);
  }
}
