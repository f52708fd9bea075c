package io.reelbatch.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task as a gateway's list shows it; what is null is not shown.
 *
 * @param prompt perhaps cut short
 * @param model perhaps under another name than it was asked for
 * @param status the gateway's word
 */
public record ListedTask(
    TaskId task,
    @Nullable String prompt,
    @Nullable String model,
    @Nullable Instant createdAt,
    @Nullable String status) {}
