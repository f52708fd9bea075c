package io.reelbatch.job;

import io.reelbatch.model.ModelSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model of the catalogue and where what is said of it stands.
 *
 * @param sameAs the model whose entry holds for it too; null when it has all of its own
 * @param places {@code shipped}, or a file with the first line in it, or a variable
 */
public record KnownModel(ModelSpec spec, @Nullable String sameAs, List<String> places) {}
