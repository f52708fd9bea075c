package io.reelbatch.job;

import org.jspecify.annotations.Nullable;

/**
 * What came of the fetching of videos in a run.
 *
 * @param fetched files that came whole
 * @param bytes of them together
 * @param givenUp videos that this run gave up; the results say why
 * @param trouble why nothing more could be written; null while it could
 */
public record FetchedVideos(long fetched, long bytes, long givenUp, @Nullable String trouble) {}
