package io.reelbatch.collect;

import io.reelbatch.gateway.Resume;
import io.reelbatch.gateway.VideoAnswer;
import io.reelbatch.gateway.VideoGateway;
import io.reelbatch.gateway.VideoSource;
import io.reelbatch.gateway.VideoStream;
import io.reelbatch.ledger.VideoFile;
import io.reelbatch.ledger.VideoRecord;
import io.reelbatch.ledger.Videos;
import io.reelbatch.model.AccountName;
import io.reelbatch.model.Message;
import io.reelbatch.model.Reason;
import io.reelbatch.model.TaskAnswer;
import io.reelbatch.pacing.RunControl;
import io.reelbatch.pacing.Throttle;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tries to fetch one video: by its link; where that is dead or serves no video, by a link that the
 * gateway gives when asked again; at last from the gateway itself. Thread-safe.
 */
final class Fetcher {

  private final VideoSource source;
  private final Function<AccountName, VideoSource> contents;
  private final Function<AccountName, VideoGateway> gateways;
  private final Throttle questions;
  private final Videos videos;
  private final Shelf shelf;
  private final Intake intake;
  private final int tries;
  private final RunControl control;
  private final InstantSource clock;

  /**
   * Fetches from there to the shelf.
   *
   * @param source reads links, which takes no key
   * @param contents reads what the gateway itself serves to the account that made a video
   * @param tries in vain after which a living link is no longer waited for alone
   */
  Fetcher(
      VideoSource source,
      Function<AccountName, VideoSource> contents,
      Function<AccountName, VideoGateway> gateways,
      Throttle questions,
      Videos videos,
      Shelf shelf,
      Intake intake,
      int tries,
      RunControl control,
      InstantSource clock) {
    this.source = source;
    this.contents = contents;
    this.gateways = gateways;
    this.questions = questions;
    this.videos = videos;
    this.shelf = shelf;
    this.intake = intake;
    this.tries = tries;
    this.control = control;
    this.clock = clock;
  }

  Taken fetch(WantedVideo wanted) throws InterruptedException {
    VideoRecord video = wanted.video();
    try {
      Optional<VideoFile> there = shelf.leftBehind(video);
      if (there.isPresent()) {
        videos.fetched(video, there.get());
        return new Taken.Whole(video, there.get());
      }
      Taken first = byLink(video);
      if (first instanceof Taken.Broken broken && isHopeless(wanted, broken)) {
        Taken other = byTask(new Taken.Refused(broken.video(), broken.reason()));
        return other instanceof Taken.Refused && isAlive(wanted) ? broken : other;
      }
      return first instanceof Taken.Refused refused ? byTask(refused) : first;
    } catch (IOException e) {
      shelf.fails("cannot use " + shelf.folder() + ": " + e);
      return new Taken.Stopped(video);
    }
  }

  /** Whether the link's server may never give it, though it does not say so. */
  private boolean isHopeless(WantedVideo wanted, Taken.Broken broken) {
    return broken.grown() == 0
        && control.stopped().isEmpty()
        && (wanted.vain() >= tries || !isAlive(wanted));
  }

  private boolean isAlive(WantedVideo wanted) {
    return clock.instant().isBefore(wanted.dies());
  }

  private Taken byLink(VideoRecord video) throws IOException, InterruptedException {
    URI link = video.link();
    if (link == null) {
      return new Taken.Refused(video, Reason.of("no_link", Message.of("the gateway gave no link")));
    }
    if (video.expiresAt() != null && clock.instant().isAfter(video.expiresAt())) {
      return new Taken.Refused(
          video,
          Reason.of("link_expired", Message.of("the link is dead since {0}", video.expiresAt())));
    }
    return take(
        video,
        resume ->
            source.isContent(video.taskId(), link)
                ? content(video, resume)
                : source.open(link, resume));
  }

  /** The link is of no use: the task is asked after, which costs nothing. */
  private Taken byTask(Taken.Refused link) throws IOException, InterruptedException {
    if (control.halted().filter(halted -> !halted.cause().pollingGoesOn()).isPresent()
        || !control.mayAsk(link.video().account())) {
      return link; // the key is of no use either
    }
    if (questions.take(1) == 0) {
      return new Taken.Waits(link.video(), questions.untilNext());
    }
    VideoRecord video = link.video();
    TaskAnswer answer =
        gateways.apply(video.account()).query(video.taskId(), video.order().endpoint());
    if (answer instanceof TaskAnswer.Trouble trouble && trouble.pause() != null) {
      questions.hold(trouble.pause());
    }
    Taken renewed = link;
    if (answer instanceof TaskAnswer.Succeeded succeeded && succeeded.video().link() != null) {
      videos.relinked(video, succeeded.video());
      renewed = byLink(video.at(succeeded.video().link(), succeeded.video().expiresAt()));
      if (!broughtNothing(renewed)) {
        return renewed;
      }
    }
    VideoRecord asked = renewed.video();
    Taken last = take(asked, resume -> content(asked, resume));
    if (!(last instanceof Taken.Refused content)) {
      return last;
    }
    return renewed instanceof Taken.Refused refused
        ? new Taken.Refused(content.video(), together(refused.reason(), content.reason()))
        : renewed;
  }

  private VideoAnswer content(VideoRecord video, Resume resume) {
    return control.mayAsk(video.account())
        ? contents.apply(video.account()).content(video.taskId(), resume)
        : new VideoAnswer.Gone(
            Reason.of(
                "no_key", Message.of("the key of account {0} is of no use", video.account())));
  }

  private static boolean broughtNothing(Taken taken) {
    return taken instanceof Taken.Refused
        || (taken instanceof Taken.Broken broken && broken.grown() == 0);
  }

  private static Reason together(Reason link, Reason content) {
    return new Reason(
        link.code(),
        "The video could not be fetched. By its link: "
            + link.message()
            + ". From the gateway itself: "
            + content.message()
            + ". The next run with --download tries again.",
        "视频未能下载；再次运行 --download 时会重试。");
  }

  private Taken take(VideoRecord video, Function<Resume, VideoAnswer> from)
      throws IOException, InterruptedException {
    Resume resume = resume(video);
    Taken taken = take(video, from, resume);
    // The first part may have been of something else.
    return taken instanceof Taken.Refused refused
            && resume.from() > 0
            && !Files.exists(shelf.part(String.valueOf(video.file())))
        ? take(refused.video(), from, Resume.NOTHING)
        : taken;
  }

  private Taken take(VideoRecord video, Function<Resume, VideoAnswer> from, Resume resume)
      throws IOException, InterruptedException {
    if (resume.total() != null && resume.from() == resume.total()) {
      return intake.finish(video); // only its name was missing
    }
    VideoAnswer answer = from.apply(resume);
    if (answer instanceof VideoAnswer.Opened opened) {
      try (VideoStream stream = opened.stream()) {
        return intake.take(stream, video);
      }
    } else if (answer instanceof VideoAnswer.AlreadyWhole) {
      return intake.finish(video);
    } else if (answer instanceof VideoAnswer.Gone gone) {
      return new Taken.Refused(video, gone.reason());
    }
    VideoAnswer.Trouble trouble = (VideoAnswer.Trouble) answer;
    return new Taken.Broken(video, trouble.reason(), 0, trouble.pause());
  }

  /** What an earlier try, or an earlier run, has left of it. */
  private Resume resume(VideoRecord video) throws IOException {
    String file = video.file();
    if (file == null || video.isFetched()) {
      return Resume.NOTHING;
    }
    Path part = shelf.part(file);
    long size = Files.isRegularFile(part) ? Files.size(part) : 0;
    Long total = video.bytes();
    return size == 0 || (total != null && size > total)
        ? Resume.NOTHING
        : new Resume(size, total, video.validator());
  }
}
