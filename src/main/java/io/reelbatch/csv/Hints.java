package io.reelbatch.csv;

import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * What a person says of a file that the file itself does not.
 *
 * @param charset the encoding of a text; null to find it out
 * @param sheet the sheet of a workbook, by its name or its number from 1; null for the first
 */
public record Hints(@Nullable Charset charset, @Nullable String sheet) {

  /** Nothing is said. */
  public static final Hints NONE = new Hints(null, null);
}
