package io.reelbatch.csv;

import static io.reelbatch.model.Operation.CREATE;
import static io.reelbatch.model.Operation.EXTEND;
import static io.reelbatch.model.Operation.REMIX;

import io.reelbatch.model.FieldType;
import io.reelbatch.model.Operation;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The columns that have a meaning of their own, whatever the catalogue says. */
enum Column {
  ID("id", null, EnumSet.allOf(Operation.class), "编号"),
  OPERATION("operation", null, EnumSet.allOf(Operation.class), "操作"),
  PROMPT("prompt", null, EnumSet.allOf(Operation.class), "提示词", "提示"),
  MODEL("model", null, EnumSet.of(CREATE, EXTEND), "模型"),
  SOURCE("source", null, EnumSet.of(REMIX, EXTEND), "task_id", "source_id", "来源", "源视频"),
  IMAGES(
      "images",
      FieldType.URLS,
      EnumSet.of(CREATE),
      "image",
      "image_url",
      "image_urls",
      "图片",
      "参考图"),
  ORIENTATION("orientation", FieldType.TEXT, EnumSet.of(CREATE), "方向"),
  SIZE("size", FieldType.TEXT, EnumSet.allOf(Operation.class), "尺寸", "分辨率"),
  DURATION("duration", FieldType.INTEGER, EnumSet.of(CREATE), "seconds", "时长", "秒数"),
  WATERMARK("watermark", FieldType.BOOLEAN, EnumSet.of(CREATE), "水印"),
  PRIVATE("private", FieldType.BOOLEAN, EnumSet.of(CREATE), "私密"),
  ASPECT_RATIO("aspect_ratio", FieldType.TEXT, EnumSet.of(CREATE, EXTEND), "ratio", "宽高比", "比例"),
  START_TIME("start_time", FieldType.INTEGER, EnumSet.of(EXTEND), "开始时间"),
  UPSCALE("upscale", FieldType.BOOLEAN, EnumSet.of(EXTEND), "放大"),
  VARIANTS("variants", null, EnumSet.allOf(Operation.class), "变体", "变体数", "份数");

  private static final Map<String, Column> BY_NAME = new HashMap<>();

  static {
    for (Column column : values()) {
      for (String name : column.names()) {
        BY_NAME.put(name, column); // spares most calls the work of bare()
        BY_NAME.put(bare(name), column);
      }
    }
  }

  private final String canonical;
  private final @Nullable FieldType type;

  @SuppressWarnings("ImmutableEnumChecker") // Set.copyOf: never changes
  private final Set<Operation> operations;

  @SuppressWarnings("ImmutableEnumChecker") // List.copyOf: never changes
  private final List<String> names;

  Column(
      String canonical, @Nullable FieldType type, Set<Operation> operations, String... otherNames) {
    this.canonical = canonical;
    this.type = type;
    this.operations = Set.copyOf(operations);
    List<String> all = new ArrayList<>(List.of(canonical));
    all.addAll(Arrays.asList(otherNames));
    this.names = List.copyOf(all);
  }

  /** The column that a name means, however it is written. */
  static Optional<Column> named(String name) {
    Column exact = BY_NAME.get(name);
    return Optional.ofNullable(exact != null ? exact : BY_NAME.get(bare(name)));
  }

  /** A name as it is compared: without case, width, spaces, underscores and dashes. */
  static String bare(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[\\s_-]+", "");
  }

  /** The name in messages and in row identities. */
  String canonical() {
    return canonical;
  }

  /** How it is sent as a field of the request; empty if it is none. */
  Optional<FieldType> type() {
    return Optional.ofNullable(type);
  }

  /** Whether a row of this operation may fill it, as far as the operation alone can tell. */
  boolean appliesTo(Operation operation) {
    return operations.contains(operation);
  }

  /** All names it goes by. */
  List<String> names() {
    return names;
  }
}
