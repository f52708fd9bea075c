package io.reelbatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.Reason;
import io.reelbatch.model.SendOutcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SendClassifierTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      textBlock =
          """
          # status | Retry-After | body | outcome

          # 2xx with an id: paid, whatever else the answer says
          200 | - | {"id":"sora-2:task_1","status":"pending"}            | accepted sora-2:task_1
          201 | - | {"id":"a","task_id":"b"}                             | accepted a
          202 | - | {"id":"","task_id":"b"}                              | accepted b
          200 | - | {"id":42}                                            | accepted 42
          200 | - | {"request_id":"r"}                                   | accepted r
          200 | - | {"request_id":"r","data":{"task_id":"t"}}            | accepted t
          200 | - | {"code":"success","data":{"id":"d"}}                 | accepted d
          200 | - | {"response":{"task_id":"t"}}                         | accepted t
          200 | - | {"result":{"id":"t"}}                                | accepted t
          200 | - | {"output":{"id":"t"}}                                | accepted t
          200 | - | {"id":"t","error":{"message":"","code":""}}          | accepted t
          200 | - | {"id":"t","status":"failed","error":{"message":"no","code":"x"}} | accepted t
          200 | - | {"id":"t"} <!-- a proxy was here -->                 | accepted t
          200 | - | {"id":"t","progress":NaN,"n":1e400}                  | accepted t

          # 2xx without an id
          200 | - | {}                                                   | in doubt: no_task_id
          200 | - | ``                                                   | in doubt: no_task_id
          204 | - | ``                                                   | in doubt: no_task_id
          200 | - | null                                                 | in doubt: no_task_id
          200 | - | "t"                                                  | in doubt: no_task_id
          200 | - | [{"id":"t"}]                                         | in doubt: no_task_id
          200 | - | {"id":" "}                                           | in doubt: no_task_id
          200 | - | {"id":null}                                          | in doubt: no_task_id
          200 | - | {"id":{"a":1}}                                       | in doubt: no_task_id
          200 | - | {"id":true}                                          | in doubt: no_task_id
          200 | - | {"id":0}                                             | in doubt: no_task_id
          200 | - | {"id":1.5}                                           | in doubt: no_task_id
          200 | - | {"id":"a\\u0000b"}                                   | in doubt: no_task_id
          200 | - | {"id":"t                                             | in doubt: no_task_id
          200 | - | <html><title>Welcome</title></html>                  | in doubt: no_task_id
          200 | - | {"code":"invalid_response","message":"m","data":null} | in doubt: invalid_response
          200 | - | {"request_id":"r","error":{"message":"m","code":"x"}} | in doubt: x
          200 | - | {"error":{"message":"m","code":"insufficient_user_quota"}} | halt BALANCE: insufficient_user_quota
          200 | - | {"error":{"message":"m","code":"sentinel_block"}}    | prompt refused: sentinel_block
          200 | - | {"error":"This content may violate our guardrails concerning nudity."} | prompt refused: http_200

          # balance: the code comes before the status
          403 | - | {"error":{"message":"m","code":"insufficient_user_quota"}}        | halt BALANCE: insufficient_user_quota
          403 | - | {"error":{"message":"m","code":"pre_consume_token_quota_failed"}} | halt BALANCE: pre_consume_token_quota_failed
          429 | 5 | {"error":{"message":"当前分组上游负载已饱和，请稍后再试","code":"insufficient_user_quota"}} | halt BALANCE: insufficient_user_quota
          429 | - | {"error":{"message":"m","type":"insufficient_quota","code":null}} | halt BALANCE: insufficient_quota
          400 | - | {"code":"quota_not_enough","message":"m","data":null}             | halt BALANCE: quota_not_enough
          500 | - | {"code":"Insufficient_Quota","message":"m"}                       | halt BALANCE: Insufficient_Quota
          403 | - | {"error":{"message":"用户额度不足, 剩余额度: 0","type":"new_api_error"}} | halt BALANCE: new_api_error
          403 | - | {"message":"预扣费额度失败"}                          | halt BALANCE: http_403
          403 | - | {"message":"user [1] quota [2] preConsumedQuota [3] is not enough"} | halt BALANCE: http_403
          400 | - | {"message":"User's credit limit is insufficient"}    | halt BALANCE: http_400
          402 | - | ``                                                   | halt BALANCE: http_402
          402 | - | {"error":{"message":"pay","code":"payment_required"}} | halt BALANCE: payment_required
          403 | - | {"code":"fail_to_fetch_task","message":"{\\"error\\":{\\"code\\":\\"insufficient_quota\\",\\"message\\":\\"m\\"}}"} | deferred: insufficient_quota

          # key
          401 | - | ``                                                   | halt KEY: http_401
          401 | - | {"error":{"message":"无效的令牌","message_zh":"无效的令牌","type":"invalid"}} | halt KEY: invalid
          403 | - | ``                                                   | halt KEY: http_403
          403 | - | <html><title>Attention Required!</title></html>      | halt KEY: http_403
          403 | - | {"error":{"message":"no","type":"new_api_error","code":""}} | halt KEY: new_api_error
          403 | - | {"code":403,"message":"no"}                          | halt KEY: 403
          403 | - | {"error":{"message":"no","code":"access_denied"}}    | halt KEY: access_denied
          403 | - | {"error":{"message":"无权访问 vip 分组","code":"group_denied"}} | halt KEY: group_denied
          403 | - | {"error":{"message":"该令牌无权访问模型 sora-2-pro","type":"new_api_error"}} | model deferred: model_not_allowed
          403 | - | {"error":{"message":"This token is not allowed to use model sora-2-pro","code":"access_denied"}} | model deferred: model_not_allowed
          403 | - | {"error":{"message":"no","code":"content_policy_violation"}} | prompt refused: content_policy_violation
          403 | - | {"error":{"message":"no","code":"upstream_forbidden"}} | refused: upstream_forbidden

          # wait
          429 | - | ``                                                   | deferred: http_429
          429 | 7 | {"code":"fail_to_fetch_task","message":"当前分组上游负载已饱和，请稍后再试"} | deferred 7s: fail_to_fetch_task
          429 | Fri, 20 Nov 2026 09:00:20 GMT | {"error":{"message":"您已达到请求数限制"}} | deferred 20s: http_429
          429 | -3 | ``                                                  | deferred: http_429
          429 | - | {"error":{"message":"m","code":"token_concurrency_limit_reached"}} | deferred: token_concurrency_limit_reached
          429 | - | {"error":{"message":"20 tasks are running","code":"rate_limit_exceeded"}} | deferred: rate_limit_exceeded
          425 | - | ``                                                   | deferred: http_425
          503 | 2 | ``                                                   | deferred 2s: http_503
          503 | - | {"error":{"message":"m","code":"model_not_found"}}   | model deferred: model_not_found
          503 | - | {"error":{"message":"分组 a 下模型 b 无可用渠道（distributor）"}} | model deferred: http_503
          500 | - | {"error":{"message":"分组 a 下模型 b 无可用渠道（distributor）"}} | in doubt: http_500
          404 | - | {"error":{"message":"m","code":"model_not_found"}}   | model deferred: model_not_found
          503 | - | {"code":"fail_to_fetch_task","message":"当前分组上游负载已饱和"} | deferred: fail_to_fetch_task
          503 | - | {"code":"fail_to_fetch_task","message":"m"}          | in doubt: fail_to_fetch_task
          503 | - | ``                                                   | in doubt: http_503
          503 | - | {"error":{"message":"failed: a highly saturated sunset"}} | in doubt: http_503
          503 | whenever | ``                                            | in doubt: http_503

          # address
          404 | - | ``                                                   | halt ROUTE: http_404
          404 | - | <html><title>404 Not Found</title></html>            | halt ROUTE: http_404
          404 | - | {}                                                   | halt ROUTE: http_404
          404 | - | {"error":{"message":"Invalid URL (POST /v1/video/create)","type":"invalid_request_error","code":""}} | halt ROUTE: invalid_request_error
          404 | - | {"detail":"Not Found"}                               | halt ROUTE: http_404
          404 | - | {"code":"task_not_exist","message":"m","data":null}  | refused: task_not_exist
          404 | - | {"error":{"message":"The video was not found"}}      | refused: http_404
          405 | - | ``                                                   | halt ROUTE: http_405
          501 | - | {"error":{"message":"API not implemented","code":"api_not_implemented"}} | halt ROUTE: api_not_implemented
          307 | - | ``                                                   | halt ROUTE: redirected

          # no
          400 | - | {"error":{"message":"m","code":"invalid_size"}}      | refused: invalid_size
          400 | - | ``                                                   | refused: http_400
          400 | - | {"code":"fail_to_fetch_task","message":"{\\"error\\":{\\"code\\":\\"sentinel_block\\",\\"message\\":\\"m\\"}}"} | prompt refused: sentinel_block
          409 | - | ``                                                   | refused: http_409
          413 | - | {"error":{"code":"read_request_body_failed","message":"m"}} | refused: read_request_body_failed
          422 | - | {"detail":[{"msg":"m"}]}                             | refused: http_422
          500 | - | {"error":{"message":"m","code":"prompt_blocked"}}    | prompt refused: prompt_blocked

          # nobody can tell
          400 | - | {"code":"unmarshal_response_body_failed","message":"m"} | in doubt: unmarshal_response_body_failed
          408 | - | ``                                                   | in doubt: http_408
          499 | - | ``                                                   | in doubt: http_499
          500 | - | {"code":"do_request_failed","message":"请求上游地址失败"} | in doubt: do_request_failed
          500 | - | {"error":{"message":"m","code":"get_channel_failed"}} | in doubt: get_channel_failed
          500 | - | ``                                                   | in doubt: http_500
          502 | - | <html><title>502 Bad Gateway</title></html>          | in doubt: http_502
          504 | 5 | ``                                                   | in doubt: http_504
          524 | - | error code: 524                                      | in doubt: http_524
          600 | - | ``                                                   | in doubt: http_600
          """)
  void theTableSaysWhatAnAnswerMeansForMoney(
      int status, @Nullable String retryAfter, String body, String outcome) {
    assertThat(Played.brief(Played.send(Played.answer(status, retryAfter, body))))
        .isEqualTo(outcome);
  }

  static Stream<Arguments> exceptions() {
    return Stream.of(
        Arguments.of(new ConnectException("refused"), "connect_failed", "connection_lost"),
        Arguments.of(new NoRouteToHostException("none"), "connect_failed", "connection_lost"),
        Arguments.of(new UnknownHostException("h"), "host_unknown", "connection_lost"),
        Arguments.of(new ConnectTimeoutException("t"), "connect_timeout", "answer_timeout"),
        Arguments.of(
            new ConnectionRequestTimeoutException("t"),
            "connection_pool_timeout",
            "connection_lost"),
        Arguments.of(new SSLHandshakeException("bad"), "tls_failed", "connection_lost"),
        Arguments.of(new SocketTimeoutException("Read"), "not_sent", "answer_timeout"),
        Arguments.of(new SocketException("Connection reset"), "not_sent", "connection_lost"),
        Arguments.of(new NoHttpResponseException("none"), "not_sent", "connection_lost"),
        Arguments.of(new ConnectionClosedException("end"), "not_sent", "connection_lost"),
        Arguments.of(new IllegalStateException("odd"), "not_sent", "connection_lost"),
        Arguments.of(new IOException(), "not_sent", "connection_lost"));
  }

  @ParameterizedTest
  @MethodSource("exceptions")
  void onlyABodyThatNeverBeganToLeaveWasNotSent(Exception cause, String before, String after) {
    assertThat(Played.brief(Played.send(broken(cause, false)))).isEqualTo("not sent: " + before);
    assertThat(Played.brief(Played.send(broken(cause, true)))).isEqualTo("in doubt: " + after);
  }

  @ParameterizedTest
  @MethodSource("exceptions")
  void whatBrokeIsToldWithoutNamesOfClasses(Exception cause, String before, String after) {
    for (boolean left : List.of(true, false)) {
      SendOutcome outcome = Played.send(broken(cause, left));
      Reason reason =
          outcome instanceof SendOutcome.NotSent notSent
              ? notSent.reason()
              : ((SendOutcome.InDoubt) outcome).reason();

      assertThat(reason.message()).doesNotContain("Exception", "null");
    }
  }

  @Test
  void aConnectionThatTheGatewayClosesIsToldInWords() {
    for (Exception cause :
        List.of(new NoHttpResponseException("h"), new ConnectionClosedException())) {
      Reason reason = ((SendOutcome.InDoubt) Played.send(broken(cause, true))).reason();

      assertThat(reason.message()).isEqualTo("the connection was closed before an answer came");
      assertThat(reason.messageZh()).isEqualTo("还没收到答复，连接就被关闭了");
    }
  }

  @Test
  void aBrokenAnswerKeepsWhatCameOfIt() {
    SendOutcome outcome =
        Played.send(
            new Exchange.Broken(
                new ConnectionClosedException("end"), true, false, 200, "req-1", "{\"id\":\"so"));

    assertThat(Played.brief(outcome)).isEqualTo("in doubt: answer_cut");
    assertThat(outcome.evidence().httpStatus()).isEqualTo(200);
    assertThat(outcome.evidence().requestId()).isEqualTo("req-1");
    assertThat(outcome.evidence().raw()).isEqualTo("{\"id\":\"so");
  }

  @Test
  void aPromptQuotedInAnErrorDoesNotDecideAboutMoney() {
    String prompt = "a man in the rain and ".repeat(6) + "a sign that reads 用户额度不足 无可用渠道";

    assertThat(Played.brief(Played.send(503, "{\"message\":\"failed: " + prompt + "\"}")))
        .isEqualTo("in doubt: http_503");
  }

  @Test
  void aRedirectNamesTheHostItPointsTo() {
    assertThat(redirect("https://elsewhere.example/v1?key=sk-secret"))
        .contains("elsewhere.example")
        .doesNotContain("key");
    assertThat(redirect("/v2")).contains("another path");
    assertThat(redirect("http://[")).contains("unreadable");
    assertThat(redirect(null)).contains("another path");
  }

  @Test
  void anAnswerOfAnyDepthOrSizeIsSurvived() {
    assertThat(Played.brief(Played.send(200, "[".repeat(900_000))))
        .isEqualTo("in doubt: no_task_id");
    assertThat(Played.brief(Played.send(200, "{\"a\":".repeat(100_000))))
        .isEqualTo("in doubt: no_task_id");
    assertThat(Played.brief(Played.send(200, "{\"n\":" + "9".repeat(900_000) + "}")))
        .isEqualTo("in doubt: no_task_id");
    assertThat(Played.brief(Played.send(200, "{\"id\":\"" + "x".repeat(5000) + "\"}")))
        .isEqualTo("in doubt: no_task_id");
    assertThat(Played.brief(Played.send(400, "{\"message\":\"" + "{".repeat(50_000) + "}\"}")))
        .isEqualTo("refused: http_400");
  }

  @Test
  void whatIsKeptIsBounded() {
    String message = "x".repeat(900_000);
    SendOutcome outcome =
        Played.send(400, "{\"code\":\"" + message + "\",\"message\":\"" + message + "\"}");
    Reason reason = ((SendOutcome.Refused) outcome).reason();

    assertThat(outcome.evidence().raw()).hasSize(SendClassifier.MOST_RAW);
    assertThat(reason.code()).hasSize(200);
    assertThat(reason.message()).hasSize(4000);
  }

  @ParameterizedTest
  @CsvSource({
    "create-002-answer.json, sora-2:task_01k9009g8ef1esae6388chgcpx",
    "remix-000-answer.json, video_8a60610c-3a5e-4ca8-be05-405f0dc635d0",
    "remix-003-answer.json, video_8a60610c-3a5e-4ca8-be05-405f0dc635d0",
    "error-e7.json, video_1"
  })
  void theAnswersOfThePagesAreAccepted(String example, String id) {
    assertThat(Played.brief(Played.send(200, Fixture.text(example)))).isEqualTo("accepted " + id);
  }

  @Test
  void theEmptyAnswerThatThePageShowsForAnExtensionIsInDoubt() {
    assertThat(Played.brief(Played.send(200, Fixture.text("extend-004-answer.json"))))
        .isEqualTo("in doubt: no_task_id");
  }

  private static Exchange broken(Exception cause, boolean bodyStarted) {
    return new Exchange.Broken(cause, bodyStarted, false, null, null, null);
  }

  private static String redirect(@Nullable String location) {
    SendOutcome outcome = Played.send(new Exchange.Answered(302, null, location, null, ""));
    return ((SendOutcome.Halt) outcome).reason().message();
  }
}
