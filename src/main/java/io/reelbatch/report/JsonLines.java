package io.reelbatch.report;

import io.reelbatch.ledger.AttemptLine;
import io.reelbatch.ledger.ChainPlace;
import io.reelbatch.ledger.ReportLine;
import io.reelbatch.ledger.SettlementLine;
import io.reelbatch.ledger.VideoFile;
import io.reelbatch.model.Reason;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** The lines of a report as JSON objects, one a line, with the table's names in its order. */
final class JsonLines {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final CarriedColumns columns;

  JsonLines(CarriedColumns columns) {
    this.columns = columns;
  }

  /** One object with its line end. */
  String line(ReportLine line) {
    ObjectNode json = JSON.createObjectNode();
    List<String> cells = columns.fitted(line.cells());
    for (int i = 0; i < cells.size(); i++) {
      json.put(columns.names().get(i), cells.get(i));
    }
    for (ReportColumn column : ReportColumn.values()) {
      put(json, column.title(), column.value(line));
    }
    VideoFile video = line.video();
    put(json, CarriedColumns.THUMBNAIL, line.thumbnail());
    put(json, CarriedColumns.BYTES, video == null ? null : video.bytes());
    put(json, CarriedColumns.SHA256, video == null ? null : video.sha256());
    ChainPlace place = line.place();
    put(json, CarriedColumns.SOURCE, place == null ? null : place.source());
    put(json, CarriedColumns.CHAIN, place == null ? null : place.top());
    ArrayNode history = json.putArray(CarriedColumns.HISTORY);
    line.history().forEach(attempt -> put(history.addObject(), attempt));
    ArrayNode settlements = json.putArray(CarriedColumns.SETTLEMENTS);
    line.settlements().forEach(word -> put(settlements.addObject(), word));
    putRaw(json, line.raw());
    return JSON.writeValueAsString(json) + "\n";
  }

  private static void put(ObjectNode json, AttemptLine attempt) {
    put(json, "number", attempt.number());
    put(json, "round", attempt.round());
    put(json, "submitted_at", ReportColumn.time(attempt.submittedAt()));
    put(json, "outcome", attempt.outcome());
    put(json, "task_id", attempt.task());
    put(json, "status", attempt.status());
    put(json, "video_url", attempt.link());
    Reason error = attempt.error();
    put(json, "code", error == null ? null : error.code());
    put(json, "message", error == null ? null : error.message());
    put(json, "message_zh", error == null ? null : error.messageZh());
    put(json, "cost", ReportColumn.cost(attempt.cost()));
  }

  private static void put(ObjectNode json, SettlementLine word) {
    put(json, "action", word.action());
    put(json, "operator", word.operator());
    put(json, "at", ReportColumn.time(word.at()));
    put(json, "attempt", word.attempt());
    put(json, "task_id", word.task());
  }

  private static void put(ObjectNode json, String name, @Nullable Object value) {
    if (value == null) {
      json.putNull(name);
    } else if (value instanceof BigDecimal number) {
      json.put(name, number);
    } else if (value instanceof Number number) {
      json.put(name, number.longValue());
    } else {
      json.put(name, value.toString());
    }
  }

  private static void putRaw(ObjectNode json, @Nullable String raw) {
    if (raw == null) {
      json.putNull(CarriedColumns.RAW);
    } else if (isJson(raw)) {
      json.putRawValue(CarriedColumns.RAW, new RawValue(onOneLine(raw)));
    } else {
      json.put(CarriedColumns.RAW, raw);
    }
  }

  private static boolean isJson(String text) {
    try {
      return !JSON.readTree(text).isMissingNode();
    } catch (JacksonException e) {
      return false;
    }
  }

  /** Changes nothing that counts: inside its strings JSON has no bare line break. */
  private static String onOneLine(String json) {
    return json.replace('\r', ' ').replace('\n', ' ');
  }
}
