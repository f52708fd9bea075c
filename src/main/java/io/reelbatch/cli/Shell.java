package io.reelbatch.cli;

/** Text as it is typed into a shell. A row's name and a task's id come from outside. */
final class Shell {

  private Shell() {}

  /** One word, in quotation marks where a shell would read more into it. */
  static String word(String text) {
    boolean plain = text.matches("[\\p{L}\\p{N}_.:/@%+][\\p{L}\\p{N}_.:/@%+#-]*");
    return plain ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
