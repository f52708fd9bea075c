package io.reelbatch.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyTest {

  @Test
  void anAddressMayNameAUserAndAPassword() {
    Proxy proxy = Proxy.at(" http://me:p%40ss+word@proxy.example:8080\n", List.of());

    assertThat(proxy)
        .isEqualTo(new Proxy("proxy.example", 8080, "me", "p@ss+word", List.of()))
        .hasToString("http://***@proxy.example:8080");
  }

  @Test
  void withoutAPortItIsTheUsualOne() {
    assertThat(Proxy.at("http://proxy.example", List.of()).port()).isEqualTo(3128);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "proxy.example:3128",
        "https://me:canary@proxy.example",
        "socks5://me:canary@proxy.example",
        "http://me:canary#1@proxy example"
      })
  void whatIsNoProxyIsRefusedWithoutItsPassword(String address) {
    assertThatThrownBy(() -> Proxy.at(address, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("canary");
  }

  @ParameterizedTest
  @CsvSource({
    "api.example.com,  443,  true",
    "localhost,        8080, false",
    "127.0.0.1,        8080, false",
    "::1,              8080, false",
    "intern.test,      443,  false",
    "a.INTERN.test,    443,  false",
    "notintern.test,   443,  true",
    "b.dot.test,       443,  false",
    "b.star.test,      443,  false",
    "port.test,        8443, false",
    "port.test,        443,  true",
    "10.1.2.3,         80,   false",
  })
  void someHostsAreReachedAroundIt(String host, int port, boolean byProxy) {
    Proxy proxy =
        Proxy.at(
            "http://p",
            List.of("intern.test", ".dot.test", "*.star.test", "port.test:8443", "10.1.2.3"));

    assertThat(proxy.leadsTo(host, port)).isEqualTo(byProxy);
  }

  @Test
  void aStarIsForAll() {
    assertThat(Proxy.at("http://p", List.of("*")).leadsTo("api.example.com", 443)).isFalse();
  }
}
