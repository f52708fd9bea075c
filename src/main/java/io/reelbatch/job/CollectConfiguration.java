package io.reelbatch.job;

import io.reelbatch.collect.CollectPace;
import io.reelbatch.collect.CollectReader;
import io.reelbatch.collect.CollectSettings;
import io.reelbatch.collect.CollectWriter;
import io.reelbatch.collect.FetchQueue;
import io.reelbatch.collect.FetchWindow;
import io.reelbatch.collect.Shelf;
import io.reelbatch.collect.VideoName;
import io.reelbatch.gateway.PerAccount;
import io.reelbatch.gateway.VideoGateway;
import io.reelbatch.gateway.VideoSource;
import io.reelbatch.ledger.Ledger;
import io.reelbatch.ledger.LedgerDatabase;
import io.reelbatch.ledger.Videos;
import io.reelbatch.model.Message;
import io.reelbatch.pacing.Bandwidth;
import io.reelbatch.pacing.InFlight;
import io.reelbatch.pacing.MonotonicClock;
import io.reelbatch.pacing.Pulse;
import io.reelbatch.pacing.RunControl;
import io.reelbatch.poll.PollPace;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.springframework.batch.core.listener.StepListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** The step {@code collect} and what it is made of; nothing of it is made without --download. */
@Configuration(proxyBeanMethods = false)
@Lazy
class CollectConfiguration {

  @Bean
  Shelf shelf(RunRequest request, CollectProperties collect) {
    try {
      return new Shelf(
          request.out(),
          Path.of(collect.folder()),
          new VideoName(collect.name()),
          collect.keepFree().toBytes());
    } catch (InvalidPathException e) {
      throw new UsageException(Message.of("reelbatch.collect.folder: {0}", Message.of(e)), e);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          Message.of(
              "setting {0} cannot be used: {1}. Nothing was sent",
              "reelbatch.collect.name = '" + collect.name() + "'", Message.of(e)),
          e);
    }
  }

  @Bean
  Videos videos(LedgerDatabase database, InstantSource clock, OpenedBatch opened) {
    return new Videos(database, clock, opened.batch());
  }

  @Bean
  PerAccount<VideoSource> videoSources(
      AccountSettings settings, CollectProperties collect, InstantSource clock) {
    return new PerAccount<>(
        account -> new VideoSource(settings.of(account), collect.fetch(), clock));
  }

  @Bean
  CollectSettings collectSettings(CollectProperties collect) {
    return collect.settings();
  }

  @Bean
  FetchQueue fetchQueue(
      Ledger ledger, Videos videos, Shelf shelf, CollectSettings settings, MonotonicClock clock) {
    return new FetchQueue(ledger, videos, shelf, settings, clock);
  }

  @Bean
  CollectPace collectPace(
      CollectProperties collect,
      Executor requestThreads,
      Pulse pulse,
      PollPace poll,
      MonotonicClock clock) {
    return new CollectPace(
        new InFlight(collect.inFlight(), requestThreads, pulse),
        collect.bandwidth() == null
            ? Bandwidth.unlimited()
            : Bandwidth.of(collect.bandwidth().toBytes(), clock),
        poll.throttle());
  }

  @Bean
  Step collect(
      JobRepository repository,
      FetchQueue queue,
      Videos videos,
      OpenedBatch opened,
      PerAccount<VideoSource> sources,
      PerAccount<VideoGateway> gateways,
      Shelf shelf,
      CollectPace pace,
      CollectSettings settings,
      RunControl control,
      Pulse pulse,
      InstantSource clock,
      MonotonicClock monotonic) {
    CollectReader reader = new CollectReader(queue, sources::close, shelf, pace, control, pulse);
    return JobConfiguration.<FetchWindow>windows("collect", repository, monotonic)
        .reader(reader)
        .writer(
            new CollectWriter(
                queue,
                videos,
                sources.apply(opened.batch().account()),
                sources,
                gateways,
                shelf,
                pace,
                settings,
                control,
                pulse,
                clock,
                monotonic))
        .listener((StepListener) reader)
        .build();
  }

  @Bean
  @Lazy(false)
  Fetching fetching(
      RunRequest request,
      RunControl control,
      ObjectProvider<FetchQueue> queue,
      ObjectProvider<Shelf> shelf,
      ObjectProvider<Videos> videos) {
    return request.videos() == FinishedVideos.LEAVE
        ? Fetching.NONE
        : new Fetching(queue.getObject(), shelf.getObject(), videos.getObject(), control);
  }
}
