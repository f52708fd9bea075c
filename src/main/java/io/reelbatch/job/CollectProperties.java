package io.reelbatch.job;

import io.reelbatch.collect.CollectSettings;
import io.reelbatch.gateway.FetchSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How finished videos are fetched, with --download.
 *
 * @param folder where their files go: a folder, relative to that of the results
 * @param name how they are called, without the ending; {id}, {prompt}, {model} and {task} stand for
 *     what they say
 * @param inFlight videos under way at once
 * @param bandwidth bytes a second at most, over all of them, as 500KB or 2MB
 * @param linkLife how long a link lives of which nobody says so, from the end of its task
 * @param tries how often a video is tried in one run while its links are dead or serve no video
 * @param pause before a video is tried again; doubled each time, up to two minutes
 * @param silence longest wait for the next bytes of a video
 * @param largest what one video may have at most
 * @param keepFree room on the disk that is left to others
 * @param allowPrivate whether links may lead to addresses that are not public; the gateway's own
 *     host and port always may
 */
@ConfigurationProperties(prefix = "reelbatch.collect", ignoreUnknownFields = false)
public record CollectProperties(
    @DefaultValue("videos") String folder,
    @DefaultValue("{id}-{prompt}") String name,
    @DefaultValue("4") int inFlight,
    @Nullable DataSize bandwidth,
    @DefaultValue("1h") Duration linkLife,
    @DefaultValue("5") int tries,
    @DefaultValue("1s") Duration pause,
    @DefaultValue("60s") Duration silence,
    @DefaultValue("4GB") DataSize largest,
    @DefaultValue("500MB") DataSize keepFree,
    @DefaultValue("false") boolean allowPrivate) {

  private static final long SLOWEST = 64 * 1024;

  /** Checks them. */
  public CollectProperties {
    Allowed.written("folder", folder);
    Allowed.written("name", name);
    Allowed.between("in-flight", inFlight, 1, 100);
    if (bandwidth != null) {
      Allowed.between("bandwidth", bandwidth.toBytes(), SLOWEST, Long.MAX_VALUE);
    }
    Allowed.notNegative("link-life", linkLife);
    Allowed.between("tries", tries, 1, 1000);
    Allowed.positive("pause", pause);
    Allowed.positive("silence", silence);
    Allowed.between("largest", largest.toBytes(), 1, Long.MAX_VALUE);
    Allowed.between("keep-free", keepFree.toBytes(), 0, Long.MAX_VALUE);
  }

  CollectSettings settings() {
    return new CollectSettings(linkLife, tries, pause, silence, largest.toBytes());
  }

  FetchSettings fetch() {
    return new FetchSettings(
        silence,
        inFlight,
        allowPrivate ? FetchSettings.Reach.ANYWHERE : FetchSettings.Reach.PUBLIC);
  }
}
