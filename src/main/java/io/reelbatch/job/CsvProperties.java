package io.reelbatch.job;

import io.reelbatch.csv.Hints;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How the input is read.
 *
 * @param charset its encoding, as GB18030; else it is found out: UTF-8, UTF-16, or what the bytes
 *     look like
 * @param sheet which sheet of a workbook is read, by its name or its number from 1; else the first
 */
@ConfigurationProperties(prefix = "reelbatch.csv", ignoreUnknownFields = false)
public record CsvProperties(@Nullable Charset charset, @Nullable String sheet) {

  Hints hints() {
    return new Hints(charset, sheet);
  }
}
