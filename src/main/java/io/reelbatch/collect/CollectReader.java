package io.reelbatch.collect;

import io.reelbatch.model.HaltCause;
import io.reelbatch.pacing.Pulse;
import io.reelbatch.pacing.RunControl;
import io.reelbatch.pacing.Side;
import io.reelbatch.pacing.WindowLoop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ItemReader;

/**
 * Hands out windows of videos to fetch. Ends when the polling has ended and each video has its file
 * or was given up; earlier when the run is to stop, or nothing more can be written. A refused key
 * ends nothing: links need none.
 */
public final class CollectReader implements ItemReader<FetchWindow>, StepExecutionListener {

  private final FetchQueue queue;
  private final Runnable breakOff;
  private final Shelf shelf;
  private final CollectPace pace;
  private final RunControl control;
  private final WindowLoop<FetchWindow> loop;

  /**
   * Reads from the queue, within the pace.
   *
   * @param breakOff ends the downloads that are under way
   */
  public CollectReader(
      FetchQueue queue,
      Runnable breakOff,
      Shelf shelf,
      CollectPace pace,
      RunControl control,
      Pulse pulse) {
    this.queue = queue;
    this.breakOff = breakOff;
    this.shelf = shelf;
    this.pace = pace;
    this.control = control;
    this.loop = new WindowLoop<>(new Fetching(), pace.inFlight(), pulse);
  }

  @Override
  public void beforeStep(StepExecution stepExecution) {
    control.progressed(); // neither the start of the program nor the load counts as waiting
  }

  @Override
  public ExitStatus afterStep(StepExecution stepExecution) {
    control.ended(Side.COLLECT);
    return stepExecution.getExitStatus();
  }

  @Override
  public @Nullable FetchWindow read() throws InterruptedException {
    return loop.next();
  }

  private final class Fetching implements WindowLoop.Work<FetchWindow> {

    @Override
    public boolean isToStop() {
      if (control.stopped().isPresent()) {
        breakOff.run(); // nothing is lost: the next run goes on with what has come
        return true;
      }
      return shelf.trouble().isPresent() || isLedgerLost();
    }

    private boolean isLedgerLost() {
      return control.halted().filter(halted -> halted.cause() == HaltCause.LEDGER).isPresent();
    }

    @Override
    public Optional<FetchWindow> window() {
      int free = pace.inFlight().free();
      if (free <= 0) {
        return Optional.empty();
      }
      queue.lookForNew();
      List<WantedVideo> videos = queue.due(free);
      return videos.isEmpty() ? Optional.empty() : Optional.of(new FetchWindow(videos));
    }

    // In this order: what ends well before the polling ends is found after it.
    @Override
    public boolean isDone() {
      return control.isOver(Side.POLL) && queue.isEmpty();
    }

    @Override
    public Duration untilNextLook() {
      return queue.untilFirst();
    }
  }
}
