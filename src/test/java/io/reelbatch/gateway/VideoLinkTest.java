package io.reelbatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VideoLinkTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          https://cdn.example/v.mp4?se=2025-10-12T15%3A00%3A00Z | https://cdn.example/v.mp4?se=2025-10-12T15%3A00%3A00Z
          HTTP://cdn.example/v.mp4           | HTTP://cdn.example/v.mp4
          https://cdn.example/my video.mp4   | https://cdn.example/my%20video.mp4
          https://cdn.example/红.mp4         | https://cdn.example/%E7%BA%A2.mp4
          https://cdn.example/100%.mp4       | https://cdn.example/100%25.mp4
          https://cdn.example/a%4            | https://cdn.example/a%254
          https://cdn.example/?a=[1]{2}      | https://cdn.example/?a=%5B1%5D%7B2%7D
          /v1/videos/1/content               | -
          data:video/mp4;base64,AAAA         | -
          ftp://cdn.example/v.mp4            | -
          javascript:alert(1)                | -
          https://                           | -
          https:///v.mp4                     | -
          http://:80:80/                     | -
          """)
  void onlyAddressesOfTheWebAreLinksAndBrokenOnesAreMended(String text, @Nullable URI link) {
    assertThat(VideoLink.read(text)).isEqualTo(link);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      quoteCharacter = '`',
      textBlock =
          """
          https://c.example/v                                  | 1700086400        | 2023-11-15T22:13:20Z
          https://c.example/v                                  | 1700086400000     | 2023-11-15T22:13:20Z
          https://c.example/v                                  | "1700086400"      | 2023-11-15T22:13:20Z
          https://c.example/v                                  | "2025-01-01T00:00:00Z" | 2025-01-01T00:00:00Z
          https://c.example/v                                  | 0                 | -
          https://c.example/v                                  | -5                | -
          https://c.example/v                                  | 1e400             | -
          https://c.example/v                                  | NaN               | -
          https://c.example/v                                  | "tomorrow"        | -
          https://c.example/v                                  | true              | -
          https://c.example/v?se=2025-10-12T15%3A00%3A00Z&sig=a%2Bb | null         | 2025-10-12T15:00:00Z
          https://c.example/v?se=x                             | null              | -
          https://c.example/v?Expires=1700086400&b             | null              | 2023-11-15T22:13:20Z
          https://c.example/v?X-Amz-Date=20250101T000000Z&X-Amz-Expires=3600 | null | 2025-01-01T01:00:00Z
          https://c.example/v?X-Amz-Date=2025&X-Amz-Expires=3600 | null            | -
          https://c.example/v?X-Amz-Date=20250101T000000Z&X-Amz-Expires=-1 | null  | -
          https://c.example/v?X-Amz-Date=20250101T000000Z      | null              | -
          https://c.example/v?Expires=1700000000               | 1700086400        | 2023-11-14T22:13:20Z
          https://c.example/v?Expires=1800000000               | 1700086400        | 2023-11-15T22:13:20Z
          -                                                    | 1700086400        | 2023-11-15T22:13:20Z
          """)
  void aLinkDiesWhenTheAnswerOrItsSignatureSaysWhicheverIsEarlier(
      @Nullable URI link, String expiresAt, @Nullable Instant expected) {
    assertThat(VideoLink.expiry(link, Json.parse(expiresAt))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          https://other.example/w.mp4 | https://other.example/w.mp4
          /w.mp4?a=1                  | https://cdn.example/w.mp4?a=1
          w 1.mp4                     | https://cdn.example/a/w%201.mp4
          //other.example/w.mp4       | https://other.example/w.mp4
          file:///etc/passwd          | -
          mailto:somebody             | -
          http://:80:80/              | -
          1:                          | -
          """)
  void aLinkMayBeRelativeToAnother(String text, @Nullable URI link) {
    assertThat(VideoLink.read(URI.create("https://cdn.example/a/v.mp4"), text)).isEqualTo(link);
  }
}
