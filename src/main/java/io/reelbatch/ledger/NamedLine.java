package io.reelbatch.ledger;

import org.jspecify.annotations.Nullable;

/**
 * A line of an input that others can name.
 *
 * @param source the id of the line that it starts from; null if it starts from none
 */
public record NamedLine(long line, String id, @Nullable String source) {}
