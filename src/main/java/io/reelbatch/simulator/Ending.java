package io.reelbatch.simulator;

/** How a task ends, settled when it is made. */
enum Ending {
  COMPLETED(Stage.COMPLETED),
  WITHOUT_LINK(Stage.COMPLETED),
  MODERATED(Stage.FAILED),
  UPSTREAM_ERROR(Stage.FAILED),
  NEVER(Stage.WORKING),
  VANISHED(Stage.GONE);

  private final Stage stage;

  Ending(Stage stage) {
    this.stage = stage;
  }

  Stage stage() {
    return stage;
  }
}
