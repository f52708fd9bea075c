package io.reelbatch.job;

import io.reelbatch.model.DiskTrouble;
import io.reelbatch.model.Message;
import io.reelbatch.net.Network;
import io.reelbatch.net.Proxy;
import io.reelbatch.net.Roots;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * The way out of this machine. Read by hand: a proxy's address may hold a password, and Spring
 * would print it when something is wrong with it.
 */
final class NetworkSettings {

  private NetworkSettings() {}

  /**
   * Reads them.
   *
   * @throws UsageException if one cannot be right; no password is in the message
   */
  static Network of(Environment settings) {
    return new Network(proxy(settings), roots(settings));
  }

  private static @Nullable Proxy proxy(Environment settings) {
    String address = value(settings, "proxy");
    String file = value(settings, "proxy-file");
    String around = value(settings, "no-proxy");
    List<String> hosts =
        around == null
            ? List.of()
            : Arrays.stream(around.split("[,\\s]+")).filter(one -> !one.isBlank()).toList();
    try {
      if (address == null && file != null) {
        address = SecretFile.read(Path.of(file));
      }
      return address == null ? null : Proxy.at(address, hosts);
    } catch (IOException e) {
      throw new UsageException(
          Message.of(
              "reelbatch.gateway.proxy-file = {0} cannot be read ({1}). Nothing was sent",
              file, DiskTrouble.words(e)));
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          Message.of(
              "reelbatch.gateway.proxy cannot be used: {0}. Nothing was sent", Message.of(e)));
    }
  }

  private static @Nullable Roots roots(Environment settings) {
    String file = value(settings, "ca-file");
    try {
      return file == null ? null : Roots.of(Path.of(file));
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageException(
          Message.of(
              "reelbatch.gateway.ca-file = {0} cannot be used ({1}). Nothing was sent",
              file, e instanceof IOException disk ? DiskTrouble.words(disk) : Message.of(e)),
          e);
    }
  }

  private static @Nullable String value(Environment settings, String name) {
    String value = settings.getProperty("reelbatch.gateway." + name);
    return value == null || value.isBlank() ? null : value;
  }
}
