package io.reelbatch.gateway;

import static io.reelbatch.gateway.ScriptedServer.hangUp;
import static io.reelbatch.gateway.ScriptedServer.html;
import static io.reelbatch.gateway.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.ListedTask;
import io.reelbatch.model.TaskId;
import io.reelbatch.model.TaskListing;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TaskListTest {

  private static final Instant SINCE = Instant.ofEpochSecond(1_000);
  private static final String FIRST = "/v1/videos?limit=100&order=desc";

  @Test
  void aTaskIsListedWithWhatIsShownOfIt() throws Exception {
    String body =
        "{'object':'list','data':[{'id':'video_1','model':'m','prompt':'a kite','created_at':2000,"
            + "'status':'queued'},{'task_id':'t:2','created_at':1999000000000},{'model':'no id'}],"
            + "'has_more':false}";

    assertThat(list(json(200, body.replace('\'', '"'))))
        .isEqualTo(
            new TaskListing.Listed(
                List.of(
                    new ListedTask(
                        new TaskId("video_1"),
                        "a kite",
                        "m",
                        Instant.ofEpochSecond(2000),
                        "queued"),
                    new ListedTask(
                        new TaskId("t:2"), null, null, Instant.ofEpochSecond(1_999_000_000), null)),
                TaskListing.Reach.ALL));
  }

  @Test
  void thePagesAreReadUntilTheyAreOlderThanAsked() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                json(200, page("true", "c:3@3000", "b@2000")),
                json(200, page("true", "a@1500", "z@900")));
        VideoGateway gateway = OpenAiEndpointTest.gateway(server.url())) {
      assertThat(brief(gateway.list(SINCE))).isEqualTo("c:3 b a z ALL");
      assertThat(server.targets()).containsExactly(FIRST, FIRST + "&after=b");
      assertThat(server.requests().get(1).headers())
          .containsEntry("authorization", "Bearer sk-secret");
    }
  }

  @Test
  void aListInAnotherOrderIsReadToItsEnd() throws Exception {
    assertThat(
            brief(
                list(
                    json(200, page("true", "a@100", "b@200")), json(200, page("false", "c@3000")))))
        .isEqualTo("a b c ALL");
  }

  @Test
  void aListThatDoesNotMoveOnIsLeft() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                json(200, page("true", "b@3000", "a@2000")),
                json(200, page("true", "b@3000", "a@2000")));
        VideoGateway gateway = OpenAiEndpointTest.gateway(server.url())) {
      assertThat(brief(gateway.list(SINCE))).isEqualTo("b a PART");
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void aListThatBreaksOffKeepsWhatWasRead() throws Exception {
    assertThat(brief(list(json(200, page("true", "b@3000", "a@2000")), hangUp())))
        .isEqualTo("b a PART");
  }

  @Test
  void aListWithoutEndIsReadSoFarAndNoFurther() throws Exception {
    ScriptedServer.Reply[] pages =
        Stream.iterate(1, n -> n + 1)
            .limit(60)
            .map(n -> json(200, page("true", "t" + n + "@5000")))
            .toArray(ScriptedServer.Reply[]::new);
    try (ScriptedServer server = new ScriptedServer(pages);
        VideoGateway gateway = OpenAiEndpointTest.gateway(server.url())) {
      assertThat(brief(gateway.list(SINCE))).endsWith("t50 PART");
      assertThat(server.requests()).hasSize(50);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          404 | {"error":{"message":"Invalid URL (GET /v1/videos)","type":"invalid_request_error","code":""}} | none: invalid_request_error
          404 | <html>not here</html>                                         | none: http_404
          405 | {}                                                            | none: http_405
          501 | {"error":{"message":"m","code":"api_not_implemented"}}        | none: api_not_implemented
          400 | {"error":{"message":"Invalid URL (GET /v1/videos)","code":""}} | none: http_400
          400 | {"code":"task_not_exist","message":"task_not_exist"}          | none: task_not_exist
          401 | {"error":{"message":"m","code":"invalid_api_key"}}            | unread: invalid_api_key
          500 | {}                                                            | unread: http_500
          200 | {"status":"ok"}                                               | unread: no_list
          200 | <html>welcome</html>                                          | unread: no_list
          """)
  void aGatewayWithoutTheListIsToldFromOneInTrouble(int status, String body, String expected)
      throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(body.startsWith("<") ? html(status, body) : json(status, body));
        VideoGateway gateway = OpenAiEndpointTest.gateway(server.url())) {
      assertThat(brief(gateway.list(SINCE))).isEqualTo(expected);
      assertThat(server.requests()).hasSize(1);
    }
  }

  private static TaskListing list(ScriptedServer.Reply... replies) throws Exception {
    try (ScriptedServer server = new ScriptedServer(replies);
        VideoGateway gateway = OpenAiEndpointTest.gateway(server.url())) {
      return gateway.list(SINCE);
    }
  }

  /** Of tasks such as {@code id@created_at}. */
  private static String page(String hasMore, String... tasks) {
    return Stream.of(tasks)
        .map(task -> task.split("@", 2))
        .map(task -> "{\"id\":\"" + task[0] + "\",\"created_at\":" + task[1] + "}")
        .collect(
            Collectors.joining(
                ",", "{\"object\":\"list\",\"data\":[", "],\"has_more\":" + hasMore + "}"));
  }

  private static String brief(TaskListing listing) {
    if (listing instanceof TaskListing.Listed listed) {
      return listed.tasks().stream()
              .map(task -> task.task().value() + " ")
              .collect(Collectors.joining())
          + listed.reach();
    }
    return listing instanceof TaskListing.NotOffered none
        ? "none: " + none.reason().code()
        : "unread: " + ((TaskListing.Unread) listing).reason().code();
  }
}
