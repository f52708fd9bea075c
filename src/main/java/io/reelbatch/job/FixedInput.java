package io.reelbatch.job;

import io.reelbatch.model.CellChange;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file that was written anew, and what a run of the new one would find.
 *
 * @param file the new file; null where the old one cannot be read
 * @param changed how many cells were changed
 * @param changes the first of these; their lines are those of the old file
 * @param check of the new file; of the old one if that cannot be read
 */
public record FixedInput(
    @Nullable Path file, long changed, List<CellChange> changes, InputCheck check) {

  /** Copies. */
  public FixedInput {
    changes = List.copyOf(changes);
  }
}
