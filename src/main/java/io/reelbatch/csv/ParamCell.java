package io.reelbatch.csv;

import io.reelbatch.model.FieldSpec;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.StringNode;

/** Reads the cells of {@code param.NAME} columns: JSON where it is JSON, else text. */
final class ParamCell {

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

  private final JsonMapper json =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  JsonNode read(String text) {
    String folded = FieldSpec.folded(text);
    if (folded.equals("true") || folded.equals("false")) { // spreadsheets save TRUE
      return BooleanNode.valueOf(folded.equals("true"));
    }
    String half = FieldSpec.halfWidth(text);
    try {
      return json.readTree(NUMBER.matcher(half).matches() ? half : text);
    } catch (JacksonException e) {
      return StringNode.valueOf(text);
    }
  }
}
