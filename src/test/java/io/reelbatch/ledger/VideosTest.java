package io.reelbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.Reason;
import io.reelbatch.model.RowEvent;
import io.reelbatch.model.Video;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideosTest {

  private static final URI LINK = URI.create("https://cdn.example/v.mp4");
  private static final Instant SOON = Instant.parse("2026-11-20T09:00:00Z");

  private LedgerWorld world;

  @BeforeEach
  void open(@TempDir Path home) {
    world = LedgerWorld.open(home);
    world.load(Csv.of().create("a", "one").create("b", "two").create("c", "three"));
    world.accept("a", "task_a");
    world.accept("b", "task_b");
    world.accept("c", "task_c");
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void finishedVideosComeInTheOrderOfTheirEnds() {
    finish("c");
    finish("a");
    world.fail("b");

    VideoPage first = videos().after(0, 1);
    VideoPage second = videos().after(first.upTo(), 1);
    VideoPage none = videos().after(second.upTo(), 1);

    assertThat(keys(first)).containsExactly("c");
    assertThat(keys(second)).containsExactly("a");
    assertThat(first.isMore()).isTrue();
    assertThat(none.videos()).isEmpty();
    assertThat(none.isMore()).isFalse();
    assertThat(none.upTo()).isEqualTo(second.upTo());
  }

  @Test
  void aVideoIsKnownWithItsLinkAndItsOrder() {
    finish("a");

    VideoRecord video = only();
    assertThat(video.link()).isEqualTo(LINK);
    assertThat(video.expiresAt()).isEqualTo(SOON);
    assertThat(video.finishedAt()).isEqualTo(LedgerWorld.NOW);
    assertThat(video.taskId().value()).isEqualTo("task_a");
    assertThat(video.order().prompt()).isEqualTo("one");
    assertThat(video.isFetched()).isFalse();
  }

  @Test
  void anEndThatIsWrittenTwiceIsOneVideo() {
    OpenTask task = world.openTask("a");
    world.ledger.record(task, facts(), RowEvent.SUCCEEDED);
    world.ledger.record(task, facts(), RowEvent.SUCCEEDED);

    assertThat(keys(videos().after(0, 10))).containsExactly("a");
  }

  @Test
  void aRowThatIsOrderedOnceMoreHasNoVideoUntilTheNewOneIsThere() {
    finish("a");
    world.again("a");
    assertThat(videos().after(0, 10).videos()).isEmpty();

    world.accept("a", "task_a2");
    finish("a");

    assertThat(only().taskId().value()).isEqualTo("task_a2");
  }

  @Test
  void theVideosOfOtherBatchesAreNotSeen() {
    finish("a");

    try (LedgerWorld other = world.beside("other")) {
      assertThat(
              new Videos(other.database, InstantSource.fixed(SOON), other.batch)
                  .after(0, 10)
                  .videos())
          .isEmpty();
    }
  }

  @Test
  void aFileIsReportedOnlyWhenItIsWhole() {
    finish("a");
    VideoRecord begun = only().in("videos/a.mp4", 10L, "\"v1\"");

    videos().begun(begun);
    assertThat(world.report("a").video()).isNull();
    assertThat(only()).isEqualTo(begun);

    videos().fetched(begun, new VideoFile("videos/a.mp4", 10L, "ba78"));
    assertThat(world.report("a").video()).isEqualTo(new VideoFile("videos/a.mp4", 10L, "ba78"));
    assertThat(world.report("a").error()).isNull();
    assertThat(only().isFetched()).isTrue();
  }

  @Test
  void whatWasGivenUpSaysWhyUntilItIsFetched() {
    finish("a");
    videos().givenUp(only(), new Reason("http_404", "gone", "没有了"));

    assertThat(world.error("a")).isEqualTo(new Reason("http_404", "gone", "没有了"));
    assertThat(world.report("a").video()).isNull();

    videos().fetched(only(), new VideoFile("videos/a.mp4", 10L, "ba78"));
    assertThat(world.report("a").error()).isNull();
  }

  @Test
  void aNewLinkTakesThePlaceOfTheOldAndThePictureStays() {
    finish("a");
    videos().relinked(only(), new Video(URI.create("https://cdn.example/w.mp4"), null, null));

    assertThat(only().link()).hasToString("https://cdn.example/w.mp4");
    assertThat(only().expiresAt()).isNull();
    assertThat(world.report("a").thumbnail()).isEqualTo("https://cdn.example/t.webp");
    assertThat(world.report("a").link()).isEqualTo("https://cdn.example/w.mp4");
  }

  @Test
  @OnFileOnly
  void whatAnOlderVersionFinishedCanBeFetched(@TempDir Path home) throws Exception {
    Flyway older = flyway(home, "8");
    older.migrate();
    try (Connection connection = DriverManager.getConnection(LedgerWorld.url(home), "sa", "");
        Statement sql = connection.createStatement()) {
      sql.execute(
          """
          insert into batch (name, identity_version, origin, account, round, created_at)
          values ('shots', 1, 'x', 'x', 1, current_timestamp)
          """);
      for (String row : List.of("1, 'SUCCEEDED', 7", "2, 'FAILED', 8", "3, 'PLANNED', null")) {
        String[] cells = row.split(", ", -1);
        sql.execute(
            "insert into batch_row (id, batch_id, row_key, content, occurrence, order_json, version,"
                + " attempts, state, task) values (%s, 1, 'k%s', 'c', 1, '{}', 1, 1, %s, %s)"
                    .formatted(cells[0], cells[0], cells[1], cells[2]));
      }

      flyway(home, "latest").migrate();

      try (var videos = sql.executeQuery("select task from video")) {
        assertThat(videos.next()).isTrue();
        assertThat(videos.getLong(1)).isEqualTo(7);
        assertThat(videos.next()).isFalse();
      }
    }
  }

  private static Flyway flyway(Path home, String target) {
    return Flyway.configure()
        .dataSource(LedgerWorld.url(home), "sa", "")
        .locations("classpath:db/migration/common")
        .javaMigrations(new SpringBatchSchema())
        .target(target)
        .load();
  }

  private void finish(String key) {
    world.ledger.record(world.openTask(key), facts(), RowEvent.SUCCEEDED);
  }

  private static TaskFacts facts() {
    return new TaskFacts(
        "completed",
        100,
        new Video(LINK, URI.create("https://cdn.example/t.webp"), SOON),
        null,
        1,
        null,
        "{}");
  }

  private Videos videos() {
    return new Videos(world.database, InstantSource.fixed(LedgerWorld.NOW), world.batch);
  }

  private VideoRecord only() {
    List<VideoRecord> videos = videos().after(0, 10).videos();
    assertThat(videos).hasSize(1);
    return videos.get(0);
  }

  private static List<String> keys(VideoPage page) {
    return page.videos().stream().map(video -> video.row().value()).toList();
  }
}
