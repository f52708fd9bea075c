package io.reelbatch.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChannelTest {

  private static final URI HOOK = URI.create("https://chat.example/hook?access_token=abc123def");
  private static final String TEXT =
      """
      Not finished: 1 of 3 videos is ready so far.
      • Sending stopped: the gateway does not accept the API key — invalid key — mend it
      cd /data && reelbatch run shots.csv
      Money: 0.8 USD charged, 1.6 USD reserved or in doubt
      Report: /data/shots-results/report.html""";
  private static final String TITLE = "Reelbatch, batch my_*shots* on studio-1: sending stopped";

  @Test
  void aWebhookGetsTheNoticeByItsDocumentedNames() {
    JsonNode body = message(Channel.WEBHOOK, null, Told.halted());

    assertThat(JsonMapper.shared().readTree(body.toString()))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"schema": 1, "id": "6f1f0c9e-0000-4000-8000-000000000000", "event": "end",
                     "batch": "my_*shots*", "run": "8f108a4ee2f0", "simulated": false, "ending": "halted",
                     "exit_code": 5, "language": "en",
                     "title": "Reelbatch, batch my_*shots* on studio-1: sending stopped",
                     "text": "Not finished: 1 of 3 videos is ready so far.",
                     "states": {"PLANNED": 2, "SUCCEEDED": 1},
                     "money": [{"currency": "USD", "charged": "0.8", "reserved": "1.6"}],
                     "needs": [{
                       "title": "Sending stopped: the gateway does not accept the API key",
                       "text": "invalid key — mend it",
                       "command": "cd /data && reelbatch run shots.csv"}],
                     "report": "/data/shots-results/report.html",
                     "home": "/home/me/.local/state/reelbatch", "host": "studio-1",
                     "started_at": "2026-11-24T19:00:00Z",
                     "ended_at": "2026-11-24T20:00:00.123Z"}"""));
  }

  @Test
  void feishuGetsRichTextInWhichTextIsTextAlone() {
    JsonNode body = message(Channel.FEISHU, null, Told.halted());

    JsonNode post = body.path("content").path("post").path("en_us");
    assertThat(body.path("msg_type").asString()).isEqualTo("post");
    assertThat(post.path("title").asString()).isEqualTo(TITLE);
    assertThat(post.path("content"))
        .isEqualTo(
            JsonMapper.shared()
                .createArrayNode()
                .add(
                    JsonMapper.shared()
                        .createArrayNode()
                        .add(
                            JsonMapper.shared()
                                .createObjectNode()
                                .put("tag", "text")
                                .put("text", TEXT))));
    assertThat(body.has("sign")).isFalse();
  }

  @Test
  void feishusSignatureIsKeyedWithTimeAndSecretOverNothing() {
    JsonNode body = message(Channel.FEISHU, "a secret", Told.halted());

    // printf '' | openssl dgst -sha256 -hmac $'1795550400\na secret' -binary | base64
    assertThat(body.path("timestamp").asString()).isEqualTo("1795550400");
    assertThat(body.path("sign").asString())
        .isEqualTo("n0YT0qhcHRBpS6IF+idJzXImLHAHi1S24RO7l81TAtA=");
  }

  @Test
  void dingTalkIsSignedInItsQueryAndMentionsNobody() {
    Target target = Told.target(Channel.DINGTALK, HOOK, "SEC0123");

    // printf '1795550400123\nSEC0123' | openssl dgst -sha256 -hmac SEC0123 -binary | base64
    assertThat(Channel.DINGTALK.address(target, Told.NOW))
        .isEqualTo(
            URI.create(
                HOOK
                    + "&timestamp=1795550400123&sign=bqO46ceKl80zUzO9hNr6rjDzYYDAd5eEzch7O3wWx3I%3D"));
    JsonNode body = Channel.DINGTALK.message(Told.halted(), target, Told.NOW);
    assertThat(body)
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"msgtype": "text", "text": {"content": %s}, "at": {"isAtAll": false}}"""
                        .formatted(JsonMapper.shared().writeValueAsString(TITLE + "\n" + TEXT))));
  }

  @Test
  void weComGetsTextAndMentionsNobody() {
    JsonNode body = message(Channel.WECOM, null, Told.halted());

    assertThat(body.path("msgtype").asString()).isEqualTo("text");
    assertThat(body.path("text").propertyNames()).isEqualTo(Set.of("content"));
    assertThat(body.path("text").path("content").asString()).isEqualTo(TITLE + "\n" + TEXT);
  }

  @Test
  void slackGetsItsControlCharactersAsEntitiesAndNoMarkup() {
    JsonNode body =
        message(
            Channel.SLACK,
            null,
            Told.notice("x", new Notice.Need("<!channel> & <@U012>", "", "a && b > c")));

    assertThat(body.path("text").asString())
        .contains("• &lt;!channel&gt; &amp; &lt;@U012&gt;", "a &amp;&amp; b &gt; c")
        .doesNotContain("<", ">");
    assertThat(body.path("mrkdwn").asBoolean(true)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WEBHOOK")
  void noTextOfOthersBeginsALineOrMentionsAnybody(Channel channel) {
    Notice hostile =
        Told.notice(
            "x",
            new Notice.Need(
                "<at user_id=\"all\">x</at>\n@all", "said\r\n# big\u202e", "run 'a\nb'"));

    String body = message(channel, null, hostile).toString();

    assertThat(body)
        .contains("@all")
        .contains("\\\\n@all", "said\\\\r\\\\n# big\\\\u202e", "run 'a\\\\nb'")
        .doesNotContain("\"tag\":\"at\"", "atMobiles", "mentioned", "\"isAtAll\":true");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WEBHOOK")
  void whatDoesNotFitIsLeftOutButNeverHalfACommand(Channel channel) {
    String command = "reelbatch run " + "影".repeat(300);
    Notice.Need[] many = new Notice.Need[60];
    java.util.Arrays.fill(many, new Notice.Need("长".repeat(400), "话".repeat(400), command));

    String body = message(channel, null, Told.notice("x", many)).toString();

    assertThat(body.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(2200);
    assertThat(body).contains(command);
  }

  @Test
  void aCommandThatIsTooLongIsInTheReport() {
    Notice.Need need = new Notice.Need("Do it", "", "reelbatch run " + "影".repeat(800));

    String body = message(Channel.WECOM, null, Told.notice("x", need)).toString();

    assertThat(body)
        .contains("What to type stands in the report.", "/data/shots-results/report.html")
        .doesNotContain("reelbatch run 影");
  }

  @Test
  void aGoodStatusWithABadCodeIsARefusal() {
    assertThat(Channel.FEISHU.refusal("{\"code\":0,\"msg\":\"success\"}")).isEmpty();
    assertThat(Channel.FEISHU.refusal("{\"StatusCode\":0,\"StatusMessage\":\"success\"}"))
        .isEmpty();
    assertThat(Channel.FEISHU.refusal("{\"code\":19021,\"msg\":\"sign match fail\"}"))
        .hasValue("code 19021: sign match fail");
    for (Channel channel : new Channel[] {Channel.DINGTALK, Channel.WECOM}) {
      assertThat(channel.refusal("{\"errcode\":0,\"errmsg\":\"ok\"}")).isEmpty();
      assertThat(channel.refusal("{\"errcode\":310000,\"errmsg\":\"sign not match\"}"))
          .hasValue("errcode 310000: sign not match");
      assertThat(channel.refusal("<html>")).isPresent();
      assertThat(channel.refusal("{}")).isPresent();
      assertThat(channel.refusal("")).isPresent();
    }
    assertThat(Channel.SLACK.refusal("ok")).isEmpty();
    assertThat(Channel.SLACK.refusal("no_text")).hasValue("no_text");
  }

  private static JsonNode message(
      Channel channel, @org.jspecify.annotations.Nullable String secret, Notice notice) {
    return channel.message(notice, Told.target(channel, HOOK, secret), Told.NOW);
  }
}
