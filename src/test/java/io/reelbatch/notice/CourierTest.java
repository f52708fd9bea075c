package io.reelbatch.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.net.Network;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CourierTest {

  private static final String PATH =
      "/open-apis/bot/v2/hook/canary-in-the-path?key=canary-in-query";
  private static final Duration MOST = Duration.ofSeconds(20);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "WEBHOOK; whatever",
        "FEISHU; {\"code\":0,\"msg\":\"success\",\"data\":{}}",
        "DINGTALK; {\"errcode\":0,\"errmsg\":\"ok\"}",
        "WECOM; {\"errcode\":0,\"errmsg\":\"ok\"}",
        "SLACK; ok"
      })
  void eachTakesOneMessageWithoutAnyKey(Channel channel, String answer) {
    try (ChatServer chat = new ChatServer(answer)) {
      assertThat(tell(channel, chat.url(PATH))).isEmpty();

      assertThat(chat.messages()).hasSize(1);
      ChatServer.Message message = chat.messages().get(0);
      assertThat(message.method()).isEqualTo("POST");
      assertThat(message.target()).hasToString(PATH);
      assertThat(message.authorization()).isEmpty();
      assertThat(message.body().isObject()).isTrue();
    }
  }

  @Test
  void aRefusalIsNotRepeatedAndIsQuotedWithoutTheAddress() {
    try (ChatServer chat = new ChatServer("ok")) {
      chat.then(403, "no such hook: canary-in-the-path, canary-in-query, the-secret\nsecond line");

      assertThat(tell(Channel.SLACK, chat.url(PATH)))
          .isEqualTo("HTTP 403: no such hook: ***, ***, ***\\nsecond line");
      assertThat(chat.messages()).hasSize(1);
    }
  }

  @Test
  void aServerInTroubleIsTriedOnceMore() {
    try (ChatServer chat = new ChatServer("ok")) {
      assertThat(tell(Channel.SLACK, chat.then(503, "").url(PATH))).isEmpty();
      assertThat(chat.messages()).hasSize(2);

      assertThat(tell(Channel.SLACK, chat.then(500, "").then(502, "").url(PATH)))
          .isEqualTo("HTTP 502");
      assertThat(chat.messages()).hasSize(4);
    }
  }

  @Test
  void aRedirectIsNotFollowed() {
    try (ChatServer elsewhere = new ChatServer("ok");
        ChatServer chat = new ChatServer("ok")) {
      chat.then(ChatServer.redirects(elsewhere.url("/canary")));

      assertThat(tell(Channel.SLACK, chat.url(PATH)))
          .startsWith("HTTP 307")
          .contains("not followed");
      assertThat(elsewhere.messages()).isEmpty();
    }
  }

  @Test
  void nobodyListensIsSaidWithoutTheAddress() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }

    assertThat(tell(Channel.SLACK, URI.create("http://127.0.0.1:" + port + PATH)))
        .isEqualTo("no connection");
  }

  @Test
  void oneThatHangsIsGivenUpAndHoldsUpNobodyElse() {
    try (ChatServer hanging = new ChatServer("ok");
        ChatServer chat = new ChatServer("ok")) {
      hanging.hang();
      Map<Target, Notice> notices = new LinkedHashMap<>();
      Target slow =
          new Target(
              "slow",
              Channel.SLACK,
              hanging.url(PATH),
              null,
              Occasion.ALWAYS,
              io.reelbatch.model.Language.EN,
              Duration.ofHours(1));
      Target well = Told.target(Channel.SLACK, chat.url(PATH), null);
      notices.put(slow, Told.halted());
      notices.put(well, Told.halted());

      Map<Target, String> failed =
          new Courier(Duration.ofSeconds(1), Network.DIRECT).tell(notices, Told.NOW);

      assertThat(failed).containsExactly(Map.entry(slow, "no answer within 1 s"));
      assertThat(chat.messages()).hasSize(1);
    }
  }

  @Test
  void noAnswerInTimeIsSaid() {
    try (ChatServer hanging = new ChatServer("ok")) {
      hanging.hang();
      Target hasty =
          new Target(
              "hasty",
              Channel.SLACK,
              hanging.url(PATH),
              null,
              Occasion.ALWAYS,
              io.reelbatch.model.Language.EN,
              Duration.ofMillis(100));

      assertThat(new Courier(MOST, Network.DIRECT).tell(Map.of(hasty, Told.halted()), Told.NOW))
          .containsExactly(Map.entry(hasty, "no answer within 100 ms"));
    }
  }

  @Test
  void anEndlessAnswerIsReadNoFurtherThanNeeded() {
    try (ChatServer chat = new ChatServer("ok")) {
      chat.then(
          exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] much = new byte[1 << 16];
            java.util.Arrays.fill(much, (byte) 'x');
            while (true) {
              exchange.getResponseBody().write(much); // until it hangs up
            }
          });

      assertThat(tell(Channel.SLACK, chat.url(PATH))).isNotEmpty();
    }
  }

  @Test
  void aTargetPrintsWithoutItsAddressAndItsSecret() {
    assertThat(Told.target(Channel.FEISHU, URI.create("https://a.example" + PATH), "the-secret"))
        .asString()
        .doesNotContain("canary", "secret");
  }

  /** Why it could not; empty if it could. */
  private static String tell(Channel channel, URI address) {
    Target target = Told.target(channel, address, "the-secret");
    // Channels that sign put it into what they send; the address is compared without that.
    Target unsigned = channel.signs() ? Told.target(channel, address, null) : target;
    return new Courier(MOST, Network.DIRECT)
        .tell(Map.of(unsigned, Told.halted()), Told.NOW)
        .getOrDefault(unsigned, "");
  }
}
