package io.reelbatch.ledger;

import io.reelbatch.model.Reason;
import io.reelbatch.model.Video;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a task after it was asked after.
 *
 * @param video null until the gateway shows it as done
 * @param error why it failed, or what is missing
 * @param raw the last answer as it came
 */
public record TaskFacts(
    @Nullable String status,
    @Nullable Integer percent,
    @Nullable Video video,
    @Nullable Reason error,
    int polls,
    @Nullable Instant unknownSince,
    @Nullable String raw) {}
