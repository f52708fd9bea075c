package io.reelbatch.cli;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * The window of the terminal that the program runs in. JLine asks for its size; it takes over
 * neither the keys nor the signals, so that a kill leaves the terminal as it was.
 */
final class SystemTerminal implements Screen.Window, AutoCloseable {

  private static final String RESIZED = "WINCH";
  private static final int USUAL_COLUMNS = 80;
  private static final int USUAL_ROWS = 24;

  private final Terminal terminal;
  private final @Nullable Object handlerBefore;
  private volatile Size size;

  private SystemTerminal(Terminal terminal) {
    this.terminal = terminal;
    this.size = terminal.getSize();
    this.handlerBefore = Signals.register(RESIZED, () -> size = terminal.getSize());
  }

  /** It, if there is one that can be painted on. */
  static Optional<SystemTerminal> open() {
    try {
      return Optional.of(
          new SystemTerminal(
              TerminalBuilder.builder()
                  .system(true)
                  .provider("exec")
                  .nativeSignals(false)
                  .dumb(false)
                  .build()));
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // lines will do
    }
  }

  /**
   * Whether a person looks on who would want a display: cheap, and loads nothing of JLine.
   *
   * @param environment where TERM and CI say that none is wanted; NO_COLOR does not, since it has
   *     no colours
   */
  static boolean isWatched(Map<String, String> environment) {
    String type = environment.getOrDefault("TERM", "");
    return !type.isEmpty()
        && !type.equals("dumb")
        && environment.getOrDefault("CI", "").isEmpty()
        && isTerminal();
  }

  /** How many columns the window has; 0 where there is none. */
  static int width() {
    if (!isTerminal()) {
      return 0;
    }
    try (SystemTerminal terminal = open().orElse(null)) {
      return terminal == null ? USUAL_COLUMNS : terminal.columns();
    }
  }

  // From Java 22 on there is a console also where there is no terminal; it says so itself.
  @SuppressWarnings("SystemConsoleNull") // what newer ones return instead is asked
  private static boolean isTerminal() {
    Object console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true; // an older Java, which has a console for terminals alone
    }
  }

  @Override
  public int columns() {
    return size.getColumns() > 0 ? size.getColumns() : USUAL_COLUMNS;
  }

  @Override
  public int rows() {
    return size.getRows() > 0 ? size.getRows() : USUAL_ROWS;
  }

  @Override
  public void close() {
    if (handlerBefore != null) {
      Signals.unregister(RESIZED, handlerBefore);
    }
    try {
      terminal.close();
    } catch (IOException e) {
      // The run is over, and nothing was changed that would have to be put back.
    }
  }
}
