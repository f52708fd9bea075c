package io.reelbatch.collect;

import io.reelbatch.gateway.VideoStream;
import io.reelbatch.ledger.VideoFile;
import io.reelbatch.ledger.VideoRecord;
import io.reelbatch.ledger.Videos;
import io.reelbatch.model.Reason;
import io.reelbatch.pacing.Bandwidth;
import io.reelbatch.pacing.MonotonicClock;
import io.reelbatch.pacing.Pulse;
import io.reelbatch.pacing.RunControl;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes what a server sends of a video, and gives the file its name once it is whole. */
final class Intake {

  private static final int BUFFER = 1 << 16;
  private static final long LEAST = 4096; // bytes within the silence; less is as good as none

  private final Shelf shelf;
  private final Videos videos;
  private final CollectSettings settings;
  private final Bandwidth bandwidth;
  private final RunControl control;
  private final Pulse pulse;
  private final MonotonicClock clock;

  Intake(
      Shelf shelf,
      Videos videos,
      CollectSettings settings,
      Bandwidth bandwidth,
      RunControl control,
      Pulse pulse,
      MonotonicClock clock) {
    this.shelf = shelf;
    this.videos = videos;
    this.settings = settings;
    this.bandwidth = bandwidth;
    this.control = control;
    this.pulse = pulse;
    this.clock = clock;
  }

  /** Takes a stream in; the caller closes it. */
  Taken take(VideoStream stream, VideoRecord video) throws InterruptedException {
    VideoStream.Head head = stream.head();
    if (isNoVideo(head.contentType())) {
      return refused(video, "not_a_video", "the server sends " + head.contentType());
    }
    Long total = head.total();
    if (total != null && total > settings.largest()) {
      return tooLarge(video, total);
    }
    long missing = total == null ? 0 : total - head.offset();
    VideoRecord begun = video;
    boolean promised = false;
    try {
      begun = begin(video, head);
      promised = shelf.promise(missing);
      if (!promised) {
        return new Taken.Stopped(begun);
      }
      Taken broken = read(stream, begun);
      return broken == null ? finish(begun) : broken;
    } catch (IOException e) {
      shelf.fails("cannot write to " + shelf.folder() + ": " + words(e));
      return new Taken.Stopped(begun);
    } finally {
      if (promised) {
        shelf.settle(missing);
      }
    }
  }

  private static String words(IOException e) {
    String name = e.getClass().getSimpleName();
    return e.getMessage() == null ? name : e.getMessage() + " (" + name + ")";
  }

  // Everything else is judged by its bytes: many servers have no right type for videos.
  private static boolean isNoVideo(String type) {
    return type.startsWith("image/")
        || type.contains("html")
        || type.contains("json")
        || type.contains("xml");
  }

  private VideoRecord begin(VideoRecord video, VideoStream.Head head) throws IOException {
    VideoRecord begun = video.in(shelf.choose(video), head.total(), head.validator());
    boolean known =
        !video.isFetched()
            && Objects.equals(video.file(), begun.file())
            && Objects.equals(video.bytes(), begun.bytes())
            && Objects.equals(video.validator(), begun.validator());
    if (!known) {
      videos.begun(begun); // before the first byte: what lies there is explained
    }
    return begun;
  }

  /** Reads to the end; null when it came there. */
  private @Nullable Taken read(VideoStream stream, VideoRecord video)
      throws IOException, InterruptedException {
    Path part = part(video);
    long before = Files.exists(part) ? Files.size(part) : 0;
    long at = stream.head().offset();
    try (RandomAccessFile file = new RandomAccessFile(part.toFile(), "rw")) {
      file.setLength(at);
      file.seek(at);
      byte[] buffer = new byte[BUFFER];
      long since = clock.nanos();
      long atSince = at;
      while (true) {
        int n;
        try {
          n = stream.read(buffer);
        } catch (IOException e) {
          return control.stopped().isPresent()
              ? new Taken.Stopped(video)
              : broken(video, words(e), at - before);
        }
        if (n < 0) {
          break;
        }
        file.write(buffer, 0, n);
        at += n;
        if (at > settings.largest()) {
          return tooLarge(video, at);
        }
        if (at > before) {
          control.progressed();
        }
        if (!mayGoOn(bandwidth.took(n))) {
          return new Taken.Stopped(video);
        }
        long now = clock.nanos();
        if (now - since > settings.silence().toNanos()) {
          if (at - atSince < LEAST) {
            return broken(video, "it came too slowly", at - before);
          }
          since = now;
          atSince = at;
        }
      }
      Long total = video.bytes();
      if (total != null && at != total) {
        return broken(video, "it ended after " + at + " of " + total + " bytes", at - before);
      }
      file.getFD().sync();
      return null;
    }
  }

  private boolean mayGoOn(Duration wait) throws InterruptedException {
    long until = clock.nanos() + wait.toNanos();
    while (control.stopped().isEmpty()) {
      long left = until - clock.nanos();
      if (left <= 0) {
        return true;
      }
      pulse.pause(Duration.ofNanos(left));
    }
    return false;
  }

  /** All bytes are there: is it a video? */
  Taken finish(VideoRecord video) throws IOException {
    Path part = part(video);
    FileContent content = FileContent.of(part);
    if (content instanceof FileContent.Video whole) {
      VideoFile file = shelf.publish(video, String.valueOf(video.file()), whole);
      videos.fetched(video, file);
      return new Taken.Whole(video, file);
    }
    Files.delete(part);
    return refused(video, "not_a_video", ((FileContent.Wrong) content).problem());
  }

  private Path part(VideoRecord video) {
    return shelf.part(String.valueOf(video.file()));
  }

  private Taken tooLarge(VideoRecord video, long bytes) {
    return refused(
        video,
        "video_too_large",
        "it has "
            + bytes
            + " bytes or more; reelbatch.collect.largest allows "
            + settings.largest());
  }

  private static Taken refused(VideoRecord video, String code, String message) {
    return new Taken.Refused(video, Reason.of(code, message));
  }

  private static Taken broken(VideoRecord video, String message, long grown) {
    return new Taken.Broken(video, Reason.of("download_cut", message), Math.max(0, grown), null);
  }
}
