package io.reelbatch.job;

import io.reelbatch.ledger.Counts;
import io.reelbatch.ledger.Spent;
import io.reelbatch.model.Kind;
import io.reelbatch.model.LineError;
import io.reelbatch.model.Message;
import io.reelbatch.model.Reason;
import io.reelbatch.pacing.Promptness;
import io.reelbatch.pacing.RunControl;
import io.reelbatch.pacing.StopCause;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run, for the person who reads it.
 *
 * @param lines how the lines of the input ended; null when the input was rejected or never read
 * @param doubts rows in doubt in the whole batch, lines that left the input included
 * @param spent what the batch has cost so far; empty where no price is configured
 * @param nothingToDo whether everything was settled before
 * @param results folder of the report; null when none was written
 * @param errors why the input was rejected
 * @param warnings what is odd about the input but allowed
 * @param halted why sending stopped
 * @param paused kinds of rows that the brakes kept back, and what was seen
 * @param stopped why the run ended early
 * @param promptness how soon ends were known; null if none was told
 * @param videos what came of the fetching of videos; null if none was asked for
 * @param error what went wrong unexpectedly
 */
public record RunResult(
    Ending ending,
    @Nullable Counts lines,
    long doubts,
    List<Spent> spent,
    boolean nothingToDo,
    @Nullable Path results,
    List<LineError> errors,
    List<Message> warnings,
    RunControl.@Nullable Halted halted,
    Map<Kind, Reason> paused,
    @Nullable StopCause stopped,
    Promptness.@Nullable Summary promptness,
    @Nullable FetchedVideos videos,
    @Nullable Message error) {

  static RunResult rejected(List<LineError> errors, Path results) {
    return new RunResult(
        Ending.REJECTED,
        null,
        0,
        List.of(),
        false,
        results,
        errors,
        List.of(),
        null,
        Map.of(),
        null,
        null,
        null,
        null);
  }

  static RunResult failed(Ending ending, Message error) {
    return new RunResult(
        ending, null, 0, List.of(), false, null, List.of(), List.of(), null, Map.of(), null, null,
        null, error);
  }
}
