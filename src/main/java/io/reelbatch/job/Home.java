package io.reelbatch.job;

import io.reelbatch.ledger.LedgerFile;
import io.reelbatch.model.DiskTrouble;
import io.reelbatch.model.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The folder that holds all state of a user's batches. Fixed per user and never the working
 * directory: cron, a shell and systemd have three different ones, which would be three ledgers and
 * three payments.
 */
public record Home(Path path) {

  /** Where the state is when {@code --home} is not given. */
  public static Home standard(Map<String, String> environment) {
    String systemd = environment.get("STATE_DIRECTORY");
    if (systemd != null && !systemd.isBlank()) {
      return new Home(Path.of(systemd.split(":", 2)[0]));
    }
    String xdg = environment.get("XDG_STATE_HOME");
    Path state =
        xdg != null && !xdg.isBlank()
            ? Path.of(xdg)
            : Path.of(
                environment.getOrDefault("HOME", System.getProperty("user.home")),
                ".local",
                "state");
    return new Home(state.resolve("reelbatch"));
  }

  /** The home of simulated runs beside this one: their ledger never meets the real one. */
  public Home simulated() {
    return new Home(path.resolve("simulated"));
  }

  /**
   * Makes the folder, for the user alone.
   *
   * @throws UsageException if that is not possible
   */
  Home make() {
    try {
      OwnerOnly.makeFolder(path);
      return this;
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** A name of this home that no other has, made once: what was written from here bears it. */
  String id() {
    Path file = path.resolve("home.id");
    try {
      if (!Files.exists(file)) {
        OwnerOnly.write(file, UUID.randomUUID().toString());
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Remembers, outside the ledger, that there is a batch in it, and how much was paid for. */
  void begun(long attempts) {
    replace(begunFile(), Long.toString(attempts));
  }

  /** In one move: whoever reads the file meanwhile finds the old one or the new one, whole. */
  private void replace(Path file, String text) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      OwnerOnly.write(fresh, text);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Says how far the run is, for those who cannot have the ledger while it goes on. */
  void publish(String status) {
    replace(statusFile(), status);
  }

  /** What the last run said; empty if it said nothing. */
  Optional<String> published() {
    return text(statusFile());
  }

  private Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Remembers who was told of which trouble, and when. */
  void remember(String told) {
    replace(toldFile(), told);
  }

  /** Who was told of which trouble; empty if nobody was. */
  Optional<String> remembered() {
    return text(toldFile());
  }

  /** Remembers how the runs of a batch ended, for those who measure them. */
  void rememberRuns(String batch, String runs) {
    replace(runsFile(batch), runs);
  }

  /** How they ended; empty if nobody measured any. */
  Optional<String> rememberedRuns(String batch) {
    return text(runsFile(batch));
  }

  private Path runsFile(String batch) {
    return path.resolve("metrics-" + batch + ".json");
  }

  private Path toldFile() {
    return path.resolve("notices.json");
  }

  private Path statusFile() {
    return path.resolve("status.json");
  }

  /**
   * The ledger of a server.
   *
   * @param name tells it from all others
   * @param place where it was found, for people
   */
  record Server(UUID name, String place) {}

  /** Remembers, outside the ledger, which server keeps it. */
  void remember(Server server) {
    if (!server().equals(Optional.of(server))) {
      replace(serverFile(), server.name() + "\n" + server.place() + "\n");
    }
  }

  /** The server that keeps the ledger; empty if the home does, or none was begun. */
  Optional<Server> server() {
    return text(serverFile())
        .map(text -> text.split("\n", 3))
        .map(lines -> new Server(UUID.fromString(lines[0]), lines[1]));
  }

  /** That there was a batch, and which server keeps it. */
  void copyMarksTo(Path folder) throws IOException {
    for (Path mark : List.of(begunFile(), serverFile())) {
      if (Files.exists(mark)) {
        Files.copy(mark, folder.resolve(mark.getFileName()));
      }
    }
  }

  /** The ledger was not brought there after all: the one in the home counts on. */
  void forgetServer() {
    try {
      Files.deleteIfExists(serverFile());
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  Path serverFile() {
    return path.resolve("ledger.server");
  }

  /** Whether there ever was a batch. */
  boolean hasBegun() {
    return Files.exists(begunFile());
  }

  /** How many paid requests were remembered. */
  long waterline() {
    try {
      String text = hasBegun() ? Files.readString(begunFile()).strip() : "";
      return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  Path begunFile() {
    return path.resolve("ledger.begun");
  }

  /** Takes what lies here from all other users, whatever wrote it. */
  void keepFiles() {
    try {
      OwnerOnly.keepFiles(path);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  UsageException unusable(IOException e) {
    return new UsageException(
        Message.of(
            "cannot use {0} as home: {1}. It must be a folder that this user may write to, on a disk"
                + " with room. Nothing was sent; what was paid for before stands in the ledger there,"
                + " so mend the folder rather than begin in another",
            path, DiskTrouble.ofFolder(e)),
        e);
  }

  Path log() {
    return path.resolve("reelbatch.log");
  }

  Path lock() {
    return path.resolve("run.lock");
  }

  Path owner() {
    return path.resolve("run.owner");
  }

  Path rescue() {
    return path.resolve("rescue.jsonl");
  }

  LedgerFile ledger() {
    return new LedgerFile(path);
  }
}
