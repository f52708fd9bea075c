package io.reelbatch.job;

import io.reelbatch.model.Language;
import java.nio.file.Path;
import java.util.List;

/**
 * How a run was asked for, which its report repeats.
 *
 * @param folder where the command was given
 * @param arguments its words, without the program's name
 * @param language in which its person is told what happened
 */
public record Typed(Path folder, List<String> arguments, Language language) {

  /** Copies. */
  public Typed {
    arguments = List.copyOf(arguments);
  }
}
