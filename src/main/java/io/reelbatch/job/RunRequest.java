package io.reelbatch.job;

import io.reelbatch.model.BatchName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a person asked for on the command line.
 *
 * @param file the CSV
 * @param out where the results go
 * @param deadline how long the run may go on; null for as long as it takes
 * @param lockWait how long to wait while another run uses the home
 * @param invalid what to do with lines that are wrong
 * @param origin what the gateway is called in the ledger when its address is not what matters (a
 *     simulator has another port each time); null for its address
 * @param companion what has to be there as long as the run goes on; null for nothing
 * @param settings properties that options stand for, by name; they win over files and environment
 */
public record RunRequest(
    Path file,
    BatchName batch,
    Home home,
    Path out,
    @Nullable Duration deadline,
    Duration lockWait,
    InvalidLines invalid,
    @Nullable String origin,
    Map<String, String> settings,
    @Nullable Supplier<Companion> companion) {

  /** Checks and copies. */
  public RunRequest {
    settings = Map.copyOf(settings);
  }
}
