package io.reelbatch.ledger;

import static io.reelbatch.ledger.Columns.instant;
import static io.reelbatch.ledger.Columns.instantOrNull;
import static io.reelbatch.ledger.Columns.outsideUtc;
import static io.reelbatch.ledger.Columns.text;
import static io.reelbatch.ledger.Columns.utc;
import static io.reelbatch.ledger.Columns.word;

import io.reelbatch.model.Reason;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.TaskId;
import io.reelbatch.model.Video;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The finished videos of one batch and their files. No money hangs on them: what is lost here is
 * fetched again. Thread-safe.
 */
public final class Videos {

  private final JdbcTemplate jdbc;
  private final InstantSource clock;
  private final BatchRecord batch;

  /** The videos of the given batch. */
  public Videos(LedgerDatabase database, InstantSource clock, BatchRecord batch) {
    this.jdbc = database.jdbc();
    this.clock = clock;
    this.batch = batch;
  }

  /**
   * The next videos, in the order of their ends.
   *
   * @param limit how many are looked at, those of rows that were ordered once more included
   */
  public VideoPage after(long id, int limit) {
    List<VideoRecord> videos = new ArrayList<>();
    long[] looked = {0, id};
    jdbc.query(
        """
        select v.id, v.task, v.file, v.bytes, v.validator, v.sha256, t.task_id, t.link,
               t.link_expires_at, coalesce(t.finished_at, t.accepted_at) as finished_at,
               r.row_key, r.order_json, a.account, r.task = v.task and r.state = 'SUCCEEDED' as counts
        from (select * from video where batch_id = ? and id > ? order by batch_id, id limit ?) v
        join task t on t.id = v.task
        join batch_row r on r.id = t.row_id
        left join attempt a on a.row_id = t.row_id and a.number = t.attempt
        order by v.id
        """,
        row -> {
          looked[0]++;
          looked[1] = row.getLong("id");
          if (row.getBoolean("counts")) {
            videos.add(video(row, batch));
          }
        },
        batch.id(),
        id,
        limit);
    return new VideoPage(videos, looked[1], looked[0] == limit);
  }

  private static VideoRecord video(ResultSet row, BatchRecord batch) throws SQLException {
    String link = row.getString("link");
    return new VideoRecord(
        row.getLong("id"),
        row.getLong("task"),
        new RowKey(row.getString("row_key")),
        new TaskId(row.getString("task_id")),
        Columns.account(row, batch),
        OrderJson.read(row.getString("order_json")),
        link == null ? null : URI.create(link),
        instantOrNull(row, "link_expires_at"),
        instant(row, "finished_at"),
        row.getString("file"),
        row.getObject("bytes", Long.class),
        row.getString("validator"),
        row.getString("sha256"));
  }

  /** The file has a name now, and its first bytes may be written: a later run goes on with them. */
  public void begun(VideoRecord video) {
    jdbc.update(
        """
        update video set file = ?, bytes = ?, validator = ?, sha256 = null, fetched_at = null
        where id = ?
        """,
        video.file(),
        video.bytes(),
        word(video.validator()),
        video.id());
  }

  /** The file is there, whole. */
  public void fetched(VideoRecord video, VideoFile file) {
    jdbc.update(
        """
        update video set file = ?, bytes = ?, sha256 = ?, fetched_at = ?,
               error_code = null, error_message = null, error_message_zh = null
        where id = ?
        """,
        file.file(),
        file.bytes(),
        file.sha256(),
        utc(clock.instant()),
        video.id());
  }

  /** This run gives it up; the next one that fetches videos tries again. */
  public void givenUp(VideoRecord video, Reason reason) {
    jdbc.update(
        """
        update video set sha256 = null, fetched_at = null,
               error_code = ?, error_message = ?, error_message_zh = ?
        where id = ?
        """,
        word(reason.code()),
        text(reason.message()),
        text(reason.messageZh()),
        video.id());
  }

  /** The gateway gave a link once more. */
  public void relinked(VideoRecord video, Video link) {
    jdbc.update(
        """
        update task set link = ?, thumbnail = coalesce(?, thumbnail), link_expires_at = ?
        where id = ?
        """,
        address(link.link()),
        address(link.thumbnail()),
        outsideUtc(link.expiresAt()),
        video.task());
  }

  private static @Nullable String address(@Nullable URI uri) {
    return uri == null ? null : text(uri.toString());
  }
}
