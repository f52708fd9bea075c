package io.reelbatch.collect;

import io.reelbatch.gateway.VideoGateway;
import io.reelbatch.gateway.VideoSource;
import io.reelbatch.ledger.Videos;
import io.reelbatch.model.AccountName;
import io.reelbatch.model.Reason;
import io.reelbatch.pacing.MonotonicClock;
import io.reelbatch.pacing.Pulse;
import io.reelbatch.pacing.RunControl;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** Fetches the videos of a window, without waiting for one before it begins the next. */
public final class CollectWriter implements ItemWriter<FetchWindow> {

  private static final Logger log = LoggerFactory.getLogger(CollectWriter.class);

  private final FetchQueue queue;
  private final Videos videos;
  private final Fetcher fetcher;
  private final CollectPace pace;
  private final CollectSettings settings;
  private final RunControl control;
  private final InstantSource clock;

  /** Fetches from there to the shelf, within the pace. */
  public CollectWriter(
      FetchQueue queue,
      Videos videos,
      VideoSource source,
      Function<AccountName, VideoSource> contents,
      Function<AccountName, VideoGateway> gateways,
      Shelf shelf,
      CollectPace pace,
      CollectSettings settings,
      RunControl control,
      Pulse pulse,
      InstantSource clock,
      MonotonicClock monotonic) {
    this.queue = queue;
    this.videos = videos;
    this.pace = pace;
    this.settings = settings;
    this.control = control;
    this.clock = clock;
    Intake intake =
        new Intake(shelf, videos, settings, pace.bandwidth(), control, pulse, monotonic);
    this.fetcher =
        new Fetcher(
            source,
            contents,
            gateways,
            pace.questions(),
            videos,
            shelf,
            intake,
            settings.tries(),
            control,
            clock);
  }

  @Override
  public void write(Chunk<? extends FetchWindow> chunk) {
    for (FetchWindow window : chunk) {
      for (WantedVideo wanted : window.videos()) {
        pace.inFlight().start(() -> fetch(wanted));
      }
    }
  }

  private void fetch(WantedVideo wanted) {
    try {
      settle(wanted, fetcher.fetch(wanted));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      queue.again(wanted, Duration.ZERO);
    }
  }

  private void settle(WantedVideo wanted, Taken taken) {
    if (taken instanceof Taken.Whole whole) {
      control.progressed();
      Long bytes = whole.file().bytes();
      queue.arrived(bytes == null ? 0 : bytes);
    } else if (control.stopped().isPresent()) {
      queue.again(wanted, Duration.ZERO); // broken off by us; the next run goes on
    } else if (taken instanceof Taken.Refused refused) {
      tell(wanted, refused.reason());
      refused(wanted.refused(refused.video()), refused.reason());
    } else if (taken instanceof Taken.Broken broken) {
      tell(wanted, broken.reason());
      broken(wanted, broken);
    } else if (taken instanceof Taken.Waits waits) {
      queue.again(wanted.with(waits.video()), waits.pause());
    } else {
      queue.again(wanted, Duration.ZERO); // nobody takes it out any more
    }
  }

  private static void tell(WantedVideo wanted, Reason reason) {
    log.atInfo()
        .addKeyValue("row", wanted.video().row())
        .addKeyValue("task_id", wanted.video().taskId())
        .log("video of row {}: {}", wanted.video().row(), reason);
  }

  private void refused(WantedVideo wanted, Reason reason) {
    if (wanted.refused() < settings.tries()) {
      queue.again(wanted, settings.pauseAfter(wanted.vain()));
    } else {
      videos.givenUp(wanted.video(), reason);
      queue.gaveUp();
    }
  }

  // While the link lives a break says nothing about it: whoever waits for its server may yet have
  // the video. After that each one counts.
  private void broken(WantedVideo wanted, Taken.Broken broken) {
    if (broken.grown() > 0) {
      queue.again(wanted.grown(broken.video()), Duration.ZERO);
    } else if (clock.instant().isAfter(wanted.dies())) {
      refused(wanted.refused(broken.video()), broken.reason());
    } else {
      WantedVideo again = wanted.inVain(broken.video());
      Duration pause = settings.pauseAfter(again.vain());
      Duration asked = broken.pause();
      queue.again(again, asked == null || asked.compareTo(pause) < 0 ? pause : asked);
    }
  }
}
