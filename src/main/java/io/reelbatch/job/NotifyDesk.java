package io.reelbatch.job;

import io.reelbatch.model.Message;
import io.reelbatch.model.Words;
import io.reelbatch.net.Network;
import io.reelbatch.notice.Courier;
import io.reelbatch.notice.Notice;
import io.reelbatch.notice.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.core.env.ConfigurableEnvironment;

/** Says who is told how runs go, and tries it. Needs no home and no key. */
public final class NotifyDesk {

  /**
   * Somebody who is told; neither address nor secret is shown.
   *
   * @param signed whether messages are signed
   */
  public record Listed(String name, String kind, boolean signed, String when, String language) {}

  /**
   * All of them, sorted by name.
   *
   * @throws DeskException if the settings cannot be right
   */
  public List<Listed> list() {
    return targets().stream()
        .map(
            target ->
                new Listed(
                    target.name(),
                    target.channel().word(),
                    target.secret() != null,
                    target.when().name().toLowerCase(java.util.Locale.ROOT),
                    target.language().tag()))
        .toList();
  }

  /**
   * Sends a sample to one of them. Blocks, ten seconds at most.
   *
   * @throws DeskException if nobody is called that, or the sample did not arrive
   */
  public void test(String name) {
    Target target =
        targets().stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new DeskException(
                        Ending.USAGE,
                        Message.of(
                            "{0} is not set; 'notify' lists those that are",
                            "reelbatch.notify." + name),
                        null));
    Instant now = Instant.now();
    Map<Target, String> failed =
        new Courier(Notices.MOST, network()).tell(Map.of(target, sample(target, now)), now);
    if (!failed.isEmpty()) {
      throw new DeskException(
          Ending.ERROR, Message.of("could not notify {0}: {1}", name, failed.get(target)), null);
    }
  }

  private static Notice sample(Target target, Instant now) {
    Words words = Words.beside(Notice.class, target.language());
    String batch = "test";
    return new Notice(
        Notice.SCHEMA,
        UUID.randomUUID().toString(),
        Notice.Event.TEST.word(),
        batch,
        RunId.fresh().value(),
        false,
        null,
        null,
        target.language().tag(),
        words.say("title", batch, HomeLock.host(), words.say("event.TEST")),
        words.say("test"),
        Map.of(),
        List.of(),
        List.of(),
        null,
        Home.standard(System.getenv()).path().toString(),
        HomeLock.host(),
        now,
        now);
  }

  private static Network network() {
    try {
      return NetworkSettings.of(Session.settings(Map.of()));
    } catch (UsageException e) {
      throw new DeskException(Ending.USAGE, Message.of(e), e);
    }
  }

  private static List<Target> targets() {
    try {
      ConfigurableEnvironment settings = Session.settings(Map.of());
      new SettingNames().check(settings);
      return NotifyProperties.targets(settings);
    } catch (RuntimeException e) {
      throw new DeskException(Ending.USAGE, Message.of(e), e);
    }
  }
}
