package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.status.OnConsoleStatusListener;
import ch.qos.logback.core.util.StatusListenerConfigHelper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class LogTroubleTest {

  private final LoggerContext context = new LoggerContext();
  private final PrintStream console = System.err;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final LogTrouble trouble = new LogTrouble();

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    context.setMDCAdapter(new LogbackMDCAdapter());
    StatusListenerConfigHelper.addOnConsoleListenerInstance(context, new OnConsoleStatusListener());
    trouble.setContext(context);
    context.getStatusManager().add(trouble);
    trouble.start();
  }

  @AfterEach
  void stop() {
    context.stop();
    System.setErr(console);
  }

  @Test
  @EnabledOnOs(OS.LINUX) // has a disk that is always full
  void aFullDiskIsSaidInOneLineHoweverMuchIsLogged() {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%msg%n");
    encoder.start();
    FileAppender<ILoggingEvent> file = new FileAppender<>();
    file.setContext(context);
    file.setFile("/dev/full");
    file.setEncoder(encoder);
    file.start();
    var log = context.getLogger("io.reelbatch");
    log.addAppender(file);

    for (int i = 0; i < 100; i++) {
      log.error("event {}", i, new IllegalStateException("of the run"));
    }

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .startsWith("reelbatch.log cannot be written: No space left on device. ")
        .hasLineCount(1);
  }

  @Test
  void itIsSaidInTheLanguageOfTheConsole() {
    context.putProperty("CONSOLE_LANGUAGE", "zh");

    context.getStatusManager().add(new ch.qos.logback.core.status.ErrorStatus("broken", this));

    assertThat(printed.toString(StandardCharsets.UTF_8)).startsWith("无法写入 reelbatch.log：broken。");
  }

  @Test
  void whatIsNoErrorIsNotSaid() {
    context.getStatusManager().add(new ch.qos.logback.core.status.WarnStatus("odd", this));

    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
  }
}
