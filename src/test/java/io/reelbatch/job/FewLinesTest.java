package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How much of what is logged again and again comes through. */
class FewLinesTest {

  private static final int A_MILLION = 1_000_000;

  private final LoggerContext context = new LoggerContext();
  private final ListAppender<ILoggingEvent> shown = new ListAppender<>();
  private final FewLines lines = new FewLines();
  private long now = 1_000_000_000;

  @BeforeEach
  void begin() {
    context.setMDCAdapter(new LogbackMDCAdapter());
    shown.setContext(context);
    shown.start();
    lines.setContext(context);
    lines.addAppender(shown);
    lines.start();
  }

  private void log(Level level, String message, Object... arguments) {
    LoggingEvent event =
        new LoggingEvent(
            "here", context.getLogger("io.reelbatch.poll"), level, message, null, arguments);
    event.setTimeStamp(now);
    lines.doAppend(event);
  }

  private List<String> shown() {
    return shown.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void aMillionOfAKindAreTenAndANumber() {
    for (int i = 1; i <= A_MILLION; i++) {
      log(Level.INFO, "row {} waits", i);
    }
    lines.stop();

    assertThat(shown()).hasSize(11).startsWith("row 1 waits").contains("row 10 waits");
    assertThat(shown().get(10))
        .matches("999,990 more like this since \\S+Z, the last: row 1000000 waits");
  }

  @Test
  void theNumberIsSaidWithTheFirstLineAfterAMinute() {
    for (int i = 1; i <= 12; i++) {
      log(Level.WARN, "row {} was not sent", i);
    }
    now += 59_000;
    log(Level.INFO, "something else");
    assertThat(shown()).hasSize(11);

    now += 2_000;
    log(Level.WARN, "row {} was not sent", 13);

    assertThat(shown()).hasSize(13);
    assertThat(shown().get(11)).startsWith("2 more like this since");
    assertThat(shown.list.get(11).getLevel()).isEqualTo(Level.WARN);
    assertThat(shown().get(12)).isEqualTo("row 13 was not sent");
  }

  @Test
  void errorsAndWhatIsAskedForWithVerboseComeThroughAllOfThem() {
    for (int i = 1; i <= 100; i++) {
      log(Level.ERROR, "a paid task could not be written: {}", i);
      log(Level.DEBUG, "row {} was sent", i);
    }

    assertThat(shown()).hasSize(200);
  }

  @Test
  void whatIsSaidInOtherWordsIsAnotherKind() {
    for (int i = 1; i <= 10; i++) {
      log(Level.INFO, "row {} waits", i);
      log(Level.INFO, "task {} is unknown", i);
    }

    assertThat(shown()).hasSize(20);
  }
}
