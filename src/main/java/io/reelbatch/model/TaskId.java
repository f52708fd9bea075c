package io.reelbatch.model;

/**
 * The gateway's name for a paid task, exactly as the answer to the creation gave it. Opaque: it may
 * hold colons, slashes or percent signs, and a later answer's id never replaces it.
 *
 * <p>Wire: {@code sora-2:task_…} (002_2806259c75ea4eb9.txt), {@code grok:…}
 * (004_6e4607a80ea57ce1.txt), {@code video_…} (000_627d03da58f7585c.txt).
 */
public record TaskId(String value) {

  public TaskId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a task id is not empty");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
