package io.reelbatch.pacing;

/** Why a run ends before all is done; the same command goes on later. */
public enum StopCause {
  /** SIGTERM or SIGINT. */
  SIGNAL("stopped by a signal"),
  /** {@code --deadline} has passed. */
  DEADLINE("the deadline has passed"),
  /** Nothing has changed for longer than {@code --patience}. */
  PATIENCE("nothing has changed for too long");

  private final String text;

  StopCause(String text) {
    this.text = text;
  }

  /** For people: what happened. */
  public String text() {
    return text;
  }
}
