package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.ledger.Counts;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.Language;
import io.reelbatch.model.Message;
import io.reelbatch.model.RowState;
import io.reelbatch.model.Words;
import io.reelbatch.notice.Notice;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoticeWriterTest {

  private static final Instant BEGAN = Instant.parse("2026-11-24T19:00:00Z");

  @Test
  void bothLanguagesSayTheSameThings() {
    assertThat(Words.beside(Notice.class, Language.ZH).under("").keySet())
        .isEqualTo(Words.beside(Notice.class, Language.EN).under("").keySet());
  }

  @ParameterizedTest
  @EnumSource(Ending.class)
  void aRunThatCouldNotBeginSaysWhyAndWhatToType(Ending ending) {
    for (Language language : Language.values()) {
      Notice notice =
          writer()
              .end(RunResult.failed(ending, Message.verbatim("it's {0} of them")), language, BEGAN);

      assertThat(notice.title()).contains("shots").doesNotContain("{");
      assertThat(notice.exitCode()).isEqualTo(ending.code());
      assertThat(notice.needs())
          .singleElement()
          .satisfies(
              need -> {
                assertThat(need.text()).isEqualTo("it's {0} of them");
                assertThat(need.command()).contains("reelbatch run");
              });
    }
  }

  @Test
  void aDoubtSaysHowTheBatchStandsAndHowToSeeIt() {
    Counts counts = new Counts(Map.of(RowState.IN_DOUBT, 2L, RowState.PLANNED, 3L));

    Notice notice = writer().doubt(counts, 2, Language.ZH);

    assertThat(notice.language()).isEqualTo("zh-CN");
    assertThat(notice.title()).contains("有任务待核实");
    assertThat(notice.needs().get(0).title()).isEqualTo("2 条待核实");
    assertThat(notice.needs().get(0).command()).contains("doubt list --batch shots");
  }

  private static NoticeWriter writer() {
    HomeUse use =
        new HomeUse(new Home(Path.of("home")), Duration.ZERO, "a test", null, null, Map.of());
    return new NoticeWriter(
        new RunRequest(
            Path.of("shots.csv"),
            new BatchName("shots"),
            Path.of("results"),
            null,
            InvalidLines.REJECT,
            use),
        new RunId("8f108a4ee2f0"),
        BEGAN);
  }
}
