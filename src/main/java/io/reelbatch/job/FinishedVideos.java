package io.reelbatch.job;

/** What to do with videos that are finished. */
public enum FinishedVideos {
  /** Their links stand in the results; people fetch them. */
  LEAVE,
  /** They are fetched before their links die. */
  FETCH
}
