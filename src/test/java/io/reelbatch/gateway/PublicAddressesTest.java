package io.reelbatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {

  private static final URI GATEWAY = URI.create("https://gateway.test");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",
        "0.1.2.3",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.127.255.255",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::10.0.0.1",
        "fe80::1",
        "fc00::1",
        "fd12:3456::1",
        "ff02::1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
        "2002:c0a8:101::1"
      })
  void addressesOfTheOwnNetworkAreNotPublic(String address) throws UnknownHostException {
    assertThat(PublicAddresses.isPublic(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "198.18.0.7",
        "223.255.255.255",
        "2606:4700::1",
        "64:ff9b::808:808",
        "2002:808:808::1"
      })
  void othersAre(String address) throws UnknownHostException {
    assertThat(PublicAddresses.isPublic(InetAddress.getByName(address))).isTrue();
  }

  @Test
  void oneAddressThatIsNotPublicForbidsTheName() {
    var names = addresses(FetchSettings.Reach.PUBLIC, "8.8.8.8", "127.0.0.1");

    assertThatThrownBy(() -> names.resolve("cdn.test", 443))
        .isInstanceOf(PublicAddresses.ForbiddenAddressException.class)
        .hasMessageContaining("allow-private");
    assertThatThrownBy(() -> names.resolve("cdn.test"))
        .isInstanceOf(PublicAddresses.ForbiddenAddressException.class);
  }

  @Test
  void whatWasLookedAtIsWhatIsConnectedTo() throws UnknownHostException {
    var names = addresses(FetchSettings.Reach.PUBLIC, "8.8.8.8", "8.8.4.4");

    assertThat(names.resolve("cdn.test", 443))
        .extracting(address -> address.getAddress().getHostAddress())
        .containsExactly("8.8.8.8", "8.8.4.4");
    assertThat(names.resolve("cdn.test")).hasSize(2);
    assertThat(names.resolveCanonicalHostname("cdn.test")).isEqualTo("cdn.test");
  }

  @Test
  void theGatewaysOwnHostAndPortMayBePrivateAndNoOtherPort() throws UnknownHostException {
    var names = addresses(FetchSettings.Reach.PUBLIC, "10.0.0.7");

    assertThat(names.resolve("Gateway.test", 443)).hasSize(1);
    assertThatThrownBy(() -> names.resolve("gateway.test", 8443))
        .isInstanceOf(PublicAddresses.ForbiddenAddressException.class);
    assertThat(PublicAddresses.port(URI.create("http://gateway.test"))).isEqualTo(80);
    assertThat(PublicAddresses.port(URI.create("http://gateway.test:99"))).isEqualTo(99);
  }

  @Test
  void allMayBePrivateWhereThatIsAllowed() throws UnknownHostException {
    var names = addresses(FetchSettings.Reach.ANYWHERE, "10.0.0.7");

    assertThat(names.resolve("cdn.test", 80)).hasSize(1);
    assertThat(names.resolve("cdn.test")).hasSize(1);
  }

  private static PublicAddresses addresses(FetchSettings.Reach reach, String... addresses) {
    return new PublicAddresses(
        new DnsResolver() {
          @Override
          public InetAddress[] resolve(String host) throws UnknownHostException {
            List<InetAddress> all = new ArrayList<>();
            for (String address : addresses) {
              all.add(InetAddress.getByName(address));
            }
            return all.toArray(InetAddress[]::new);
          }

          @Override
          public String resolveCanonicalHostname(String host) {
            return host;
          }
        },
        reach,
        GATEWAY);
  }
}
