package io.reelbatch.job;

import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How the input is read.
 *
 * @param charset its encoding, as GB18030; else it is found out: UTF-8, UTF-16, or what the bytes
 *     look like
 */
@ConfigurationProperties(prefix = "reelbatch.csv", ignoreUnknownFields = false)
public record CsvProperties(@Nullable Charset charset) {}
