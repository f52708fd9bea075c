package io.reelbatch.collect;

import io.reelbatch.ledger.VideoFile;
import io.reelbatch.ledger.VideoPage;
import io.reelbatch.ledger.VideoRecord;
import io.reelbatch.ledger.Videos;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folder where the videos lie. A file grows under the ending {@code .part} and gets its name
 * when it is whole; no file is ever replaced that might be somebody else's. Thread-safe.
 */
public final class Shelf {

  private static final int PAGE = 1000;
  private static final String USUAL = ".mp4";

  private final Path results;
  private final Path folder;
  private final VideoName name;
  private final long keepFree;
  private final Set<String> taken = new HashSet<>();
  private long promised;
  private @Nullable String trouble;

  /**
   * A shelf.
   *
   * @param results files are named relative to it
   * @param folder where they lie; made when the first one comes
   * @param keepFree bytes of the disk that are left to others
   */
  public Shelf(Path results, Path folder, VideoName name, long keepFree) {
    this.results = results.toAbsolutePath().normalize();
    this.folder = this.results.resolve(folder).normalize();
    this.name = name;
    this.keepFree = keepFree;
  }

  /** Whether a video has no file that still is as it was fetched, by its size. */
  public boolean lacks(VideoRecord video) {
    return !video.isFetched() || video.file() == null || !isThere(video);
  }

  /** Whether there is any such video. */
  public boolean lacksAny(Videos videos) {
    VideoPage page = videos.after(0, PAGE);
    while (true) {
      if (page.videos().stream().anyMatch(this::lacks)) {
        return true;
      }
      if (!page.isMore()) {
        return false;
      }
      page = videos.after(page.upTo(), PAGE);
    }
  }

  private boolean isThere(VideoRecord video) {
    try {
      Path file = path(String.valueOf(video.file()));
      return Files.isRegularFile(file)
          && (video.bytes() == null || Files.size(file) == video.bytes());
    } catch (IOException e) {
      return false;
    }
  }

  Path path(String file) {
    return results.resolve(file).normalize();
  }

  Path part(String file) {
    return path(file + ".part");
  }

  /** How the file of a video is called: as it was begun, else by a name that nothing has. */
  synchronized String choose(VideoRecord video) throws IOException {
    Files.createDirectories(folder);
    String begun = video.file();
    if (begun != null && !(video.isFetched() && Files.exists(path(begun)))) {
      taken.add(folded(begun));
      return begun;
    }
    return free(video, USUAL);
  }

  private String free(VideoRecord video, String ending) {
    String chosen = file(name.of(video) + ending);
    for (int n = 1; isTaken(chosen); n++) {
      chosen = file(name.marked(video) + (n == 1 ? "" : "-" + n) + ending);
    }
    taken.add(folded(chosen));
    return chosen;
  }

  private String file(String fileName) {
    Path path = folder.resolve(fileName);
    return path.startsWith(results)
        ? results.relativize(path).toString().replace('\\', '/')
        : path.toString();
  }

  // Some file systems take names that differ in case for the same; those can be asked.
  private boolean isTaken(String file) {
    return taken.contains(folded(file)) || Files.exists(path(file)) || Files.exists(part(file));
  }

  private static String folded(String file) {
    return file.toLowerCase(Locale.ROOT);
  }

  /**
   * A file that was fetched by a run which died before it could say so; its name was kept for this
   * video alone.
   */
  Optional<VideoFile> leftBehind(VideoRecord video) throws IOException {
    String file = video.file();
    if (file == null || video.isFetched() || !Files.isRegularFile(path(file))) {
      return Optional.empty();
    }
    Path path = path(file);
    boolean whole = video.bytes() == null || Files.size(path) == video.bytes();
    return whole && FileContent.of(path) instanceof FileContent.Video
        ? Optional.of(new VideoFile(file, Files.size(path), sha256(path)))
        : Optional.empty();
  }

  /** Gives a whole file its name. */
  synchronized VideoFile publish(VideoRecord video, String begun, FileContent.Video content)
      throws IOException {
    Path part = part(begun);
    String file = begun.endsWith(content.ending()) ? begun : free(video, content.ending());
    Path target = path(file);
    long bytes = Files.size(part);
    String sha256 = sha256(part);
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    }
    return new VideoFile(file, bytes, sha256);
  }

  private static String sha256(Path path) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = Files.newInputStream(path)) {
        byte[] buffer = new byte[1 << 16];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          digest.update(buffer, 0, n);
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK knows SHA-256", e);
    }
  }

  /**
   * Sets room aside for what is still to come of a file.
   *
   * @return whether there is so much, besides what was promised to others
   */
  synchronized boolean promise(long bytes) throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free - promised - bytes < keepFree) {
      fails(
          "the disk has no room for it: "
              + megabytes(free)
              + " MB are free in "
              + folder
              + ", and "
              + megabytes(keepFree)
              + " MB are kept free (reelbatch.collect.keep-free)");
      return false;
    }
    promised += bytes;
    return true;
  }

  private static long megabytes(long bytes) {
    return Math.max(0, bytes) / (1 << 20);
  }

  synchronized void settle(long bytes) {
    promised -= bytes;
  }

  /** Nothing more can be written here. The first reason is kept. */
  synchronized void fails(String reason) {
    if (trouble == null) {
      trouble = reason;
    }
  }

  /** Why nothing more can be written; empty while it can. */
  public synchronized Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  Path folder() {
    return folder;
  }
}
