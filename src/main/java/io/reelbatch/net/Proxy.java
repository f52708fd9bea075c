package io.reelbatch.net;

import io.reelbatch.model.Message;
import io.reelbatch.model.NotAllowedException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy. Prints without its password.
 *
 * @param user null if it asks nobody who he is
 * @param around hosts that are reached without it: {@code example.com} with all below it, {@code
 *     example.com:8443}, an address, or {@code *} for all; this machine always is
 */
public record Proxy(
    String host, int port, @Nullable String user, @Nullable String password, List<String> around) {

  private static final int USUAL_PORT = 3128;

  /** Keeps its own list. */
  public Proxy {
    around = around.stream().map(one -> one.strip().toLowerCase(Locale.ROOT)).toList();
  }

  /**
   * The proxy at an address such as {@code http://user:password@proxy.example:3128}.
   *
   * @throws IllegalArgumentException if it is none; the address is not in the message
   */
  public static Proxy at(String address, List<String> around) {
    try {
      URI uri = new URI(address.strip());
      if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
        throw new NotAllowedException(
            Message.of(
                "a proxy is written http://proxy.example:3128, or"
                    + " http://user:password@proxy.example:3128; what goes through it to https"
                    + " addresses, it cannot read"));
      }
      String[] who =
          uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
      return new Proxy(
          uri.getHost(),
          uri.getPort() < 0 ? USUAL_PORT : uri.getPort(),
          who.length == 0 ? null : decoded(who[0]),
          who.length < 2 ? null : decoded(who[1]),
          around);
    } catch (URISyntaxException e) { // its message would repeat the password
      throw new NotAllowedException(
          Message.of(
              "it is no address; a character such as @ or # in a password is written as %40 or %23"));
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Whether that host is reached through it. */
  public boolean leadsTo(String host, int port) {
    String name = host.toLowerCase(Locale.ROOT).replaceAll("^\\[|\\]$", "");
    boolean here = name.equals("localhost") || name.equals("::1") || name.startsWith("127.");
    return !here && around.stream().noneMatch(one -> isCovered(name, port, one));
  }

  private static boolean isCovered(String name, int port, String rule) {
    String host = rule.startsWith("*.") ? rule.substring(2) : rule;
    if (host.endsWith(":" + port) && host.indexOf(':') == host.lastIndexOf(':')) {
      host = host.substring(0, host.lastIndexOf(':'));
    }
    host = host.startsWith(".") ? host.substring(1) : host;
    return rule.equals("*") || name.equals(host) || (!host.isEmpty() && name.endsWith("." + host));
  }

  @Override
  public String toString() {
    return "http://" + (user == null ? "" : "***@") + host + ":" + port;
  }
}
