package io.reelbatch.csv;

import io.reelbatch.model.ContentHash;
import io.reelbatch.model.FieldSpec;
import io.reelbatch.model.Operation;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a row asks for, as written: the row's identity, version 1.
 *
 * <p>Paid rows are found again by it, for ever. Whatever changes a hash here makes rows that were
 * paid for look new, and they would be paid for twice; a test holds known hashes.
 *
 * <ul>
 *   <li>The prompt, the model and the source count as written, cleaned.
 *   <li>{@code operation} counts unless it is {@code create}, which is what an empty cell means in
 *       every version and under every configuration.
 *   <li>Addresses of images count in their order, whatever stands between them.
 *   <li>The other columns of the format count folded: {@code 720p} is {@code 720P}.
 *   <li>{@code param.NAME} counts as written; {@code TRUE} is {@code true}, because spreadsheets
 *       save it so.
 *   <li>The {@code id}, the number of {@code variants}, the user's own columns, empty cells and
 *       defaults do not count.
 * </ul>
 */
final class OrderHash {

  private OrderHash() {}

  static ContentHash of(Header header, List<String> cells) {
    SortedMap<String, String> counted = new TreeMap<>();
    for (String key : header.keys()) {
      String value = counted(key, header.cell(key, cells).text());
      if (!value.isEmpty()) {
        counted.put(key, value);
      }
    }
    return ContentHash.of(counted);
  }

  private static String counted(String key, String text) {
    return Column.named(key).map(column -> counted(column, text)).orElseGet(() -> sentAsIs(text));
  }

  private static String counted(Column column, String text) {
    return switch (column) {
      case ID, VARIANTS -> "";
      case PROMPT, MODEL, SOURCE -> text;
      case OPERATION ->
          FieldSpec.folded(text).equals(Operation.CREATE.word()) ? "" : FieldSpec.folded(text);
      case IMAGES -> String.join("|", FieldSpec.splitUrls(text));
      case ORIENTATION, SIZE, DURATION, WATERMARK, PRIVATE, ASPECT_RATIO, START_TIME, UPSCALE ->
          FieldSpec.folded(text);
    };
  }

  private static String sentAsIs(String text) {
    String folded = FieldSpec.folded(text);
    return folded.equals("true") || folded.equals("false") ? folded : text;
  }
}
