package io.reelbatch.model;

/** What a remix or an extension starts from. */
public sealed interface SourceRef {

  /** As it stands in the CSV. */
  String written();

  /** The row of the same file that has this {@code id}. */
  record OfRow(String id) implements SourceRef {
    @Override
    public String written() {
      return id;
    }
  }

  /** A task that the gateway made earlier, in this batch or elsewhere. */
  record OfTask(TaskId task) implements SourceRef {
    @Override
    public String written() {
      return task.value();
    }
  }
}
