package io.reelbatch.job;

import org.jspecify.annotations.Nullable;

/**
 * A setting as it counts.
 *
 * @param value what a run would use; secrets are masked; null when it is not set
 * @param origin where it stands, or {@code default}
 */
public record ShownSetting(String name, @Nullable String value, String origin) {}
