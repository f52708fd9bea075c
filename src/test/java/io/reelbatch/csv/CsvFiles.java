package io.reelbatch.csv;

import io.reelbatch.job.ShippedModels;
import io.reelbatch.model.Catalogue;
import io.reelbatch.model.InputLine;
import io.reelbatch.model.LineError;
import io.reelbatch.model.Message;
import io.reelbatch.model.Order;
import io.reelbatch.model.WrittenOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Files written and read for tests, with the shipped catalogue. */
final class CsvFiles {

  static final Catalogue SHIPPED = ShippedModels.catalogue();
  static final OrderDefaults DEFAULTS = new OrderDefaults("sora-2-pro", "grok-video-3");

  /** What reading a whole file gave. */
  record Read(List<String> columns, List<InputLine> lines, List<String> warnings, String digest) {

    List<WrittenOrder> orders() {
      return lines.stream()
          .map(line -> Objects.requireNonNull(line.order(), line::toString))
          .toList();
    }

    Order order() {
      return orders().get(0).order();
    }

    List<String> errors() {
      return lines.stream()
          .flatMap(line -> line.errors().stream())
          .map(LineError::toString)
          .toList();
    }
  }

  private final Path folder;

  CsvFiles(Path folder) {
    this.folder = folder;
  }

  Path write(String text) {
    return write(text.getBytes(StandardCharsets.UTF_8));
  }

  Path write(byte[] bytes) {
    try {
      return Files.write(folder.resolve("orders.csv"), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Read read(String... lines) {
    return read(write(String.join("\n", lines)));
  }

  Read read(OrderDefaults defaults, String... lines) {
    return read(write(String.join("\n", lines)), defaults);
  }

  static Read read(Path file) {
    return read(file, DEFAULTS);
  }

  static Read readSheet(Path file, String sheet) {
    return read(file, new Hints(null, sheet), DEFAULTS);
  }

  private static List<String> texts(OrderFile orders) {
    return orders.warnings().stream().map(Message::toString).toList();
  }

  private static Read read(Path file, OrderDefaults defaults) {
    return read(file, Hints.NONE, defaults);
  }

  private static Read read(Path file, Hints hints, OrderDefaults defaults) {
    try (OrderFile orders = OrderFile.open(file, hints, SHIPPED, defaults)) {
      List<InputLine> lines = new ArrayList<>();
      InputLine line = orders.next();
      while (line != null) {
        lines.add(line);
        line = orders.next();
      }
      return new Read(orders.columns(), lines, texts(orders), orders.digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads to the end: what is wrong with a line is thrown when it is reached. */
  static void readThrough(Path file, Hints hints) throws IOException {
    try (OrderFile orders = OrderFile.open(file, hints, SHIPPED, DEFAULTS)) {
      InputLine line = orders.next();
      while (line != null) {
        line = orders.next();
      }
    }
  }
}
