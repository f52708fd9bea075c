package io.reelbatch.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelbatch.ledger.VideoRecord;
import io.reelbatch.model.AccountName;
import io.reelbatch.model.Operation;
import io.reelbatch.model.Order;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.TaskId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VideoNameTest {

  private static final VideoName USUAL = new VideoName("{id}-{prompt}");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shot-1 | A red kite, over snow! | shot-1-A-red-kite-over-snow",
        "7      | 日落时的海浪，慢镜头。      | 7-日落时的海浪-慢镜头",
        "7      | クールな猫 e\u0301te\u0301 हिन्दी | 7-クールな猫-été-हिन्दी",
        "7      | 🦊🦊🦊                  | 7",
        "a/b    | ..\\..\\etc/passwd      | a-b-etc-passwd",
        "a:b?*  | <script>\"x\"</script> | a-b-script-x-script",
        "CON    | ...                    | _CON",
        "com1   | 。                      | _com1",
        "x      | a\u202Egpj.exe         | x-a-gpj-exe",
      })
  void namesKeepWhatPeopleWroteAndNothingElse(String id, String prompt, String name) {
    assertThat(USUAL.of(video(id, prompt))).isEqualTo(name);
  }

  @Test
  void aRowWithoutAnIdIsNamedByTheBeginningOfItsHash() {
    assertThat(USUAL.of(video("~0123456789abcdef0123456789abcdef01234567.2", "kite")))
        .isEqualTo("0123456789ab-2-kite");
  }

  @ParameterizedTest
  @ValueSource(strings = {"长", "a", "😀é", "é"})
  void noNameIsTooLongForAFileSystem(String text) {
    VideoRecord video = video(text.repeat(90), text.repeat(5000));

    assertThat(USUAL.marked(video).getBytes(StandardCharsets.UTF_8).length + ".mp4.part".length())
        .isLessThanOrEqualTo(143);
    assertThat(USUAL.of(video)).doesNotContain("\uFFFD");
  }

  @Test
  void aTemplateMayHoldMore() {
    VideoName name = new VideoName("{model}_{task} ({id})");

    assertThat(name.of(video("a", "kite"))).isEqualTo("sora-2-pro_sora-2-task_1 (a)");
  }

  @Test
  void whatATemplateSaysIsMadeSafeToo() {
    assertThat(new VideoName("../{id}\u0000:{prompt}. ").of(video("a", "kite")))
        .isEqualTo("a--kite");
  }

  @Test
  void aTemplateThatCannotTellRowsApartIsRefused() {
    assertThatThrownBy(() -> new VideoName("{prompt}")).hasMessageContaining("{id} or {task}");
    assertThatThrownBy(() -> new VideoName("{id}-{promt}")).hasMessageContaining("{promt}");
  }

  @Test
  void aMarkedNameIsTheTasksOwn() {
    assertThat(USUAL.marked(video("a", "kite"))).matches("a-kite-[0-9a-f]{8}");
  }

  static VideoRecord video(String key, String prompt) {
    return new VideoRecord(
        1,
        1,
        new RowKey(key),
        new TaskId("sora-2:task_1"),
        AccountName.DEFAULT,
        new Order(Operation.CREATE, "sora-2-pro", prompt, Map.of()),
        null,
        null,
        Instant.EPOCH,
        null,
        null,
        null,
        null);
  }
}
