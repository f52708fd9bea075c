package io.reelbatch.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Examples of the wire, from the folder beside this class. */
final class Fixture {

  private Fixture() {}

  static String text(String name) {
    try (InputStream in =
        Objects.requireNonNull(Fixture.class.getResourceAsStream(name), "no fixture " + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
