package io.reelbatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.TaskAnswer;
import io.reelbatch.model.Video;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Instant;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskClassifierTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          query-001-pending.json             | working pending 93
          remix-000-answer.json              | working queued 0
          create-002-answer.json             | working pending
          shape-1a-unified-working.json      | working processing 50
          shape-1a-unified-completed.json    | succeeded https://cdn.example/a.mp4
          shape-1b-sora-pending.json         | working pending 25
          shape-1c-sora-completed.json       | succeeded https://cdn.example/v.mp4?st=2025-10-06T14%3A00%3A00Z&se=2025-10-12T15%3A00%3A00Z&sig=abc%3D
          shape-1c-sora-violation.json       | prompt failed sora_content_violation: This content may violate our guardrails concerning third-party similarity.
          shape-1d-veo-completed.json        | succeeded https://cdn.example/veo.mp4
          shape-1e-openai-queued.json        | working queued 0
          shape-1e-openai-completed.json     | succeeded https://cdn.example/o.mp4
          shape-1e-openai-failed.json        | prompt failed moderation_blocked: the prompt was blocked
          shape-1f-newapi-working.json       | working IN_PROGRESS 42
          shape-1f-newapi-success.json       | succeeded https://cdn.example/n.mp4
          shape-1f-newapi-success-old.json   | succeeded https://cdn.example/old.mp4
          shape-1f-newapi-failure.json       | failed failure: 任务超时（1440分钟）
          shape-1f-newapi-empty.json         | trouble: unreadable_answer
          error-e7.json                      | prompt failed moderation_blocked: third-party similarity
          """)
  void everyShapeSeenIsRead(String example, String expected) {
    assertThat(Played.brief(Played.query(200, Fixture.text(example)))).isEqualTo(expected);
  }

  @Test
  void aFinishedVideoHasItsThumbnailAndTheEndOfItsLink() {
    assertThat(video("shape-1c-sora-completed.json"))
        .extracting(Video::thumbnail, Video::expiresAt)
        .containsExactly(
            URI.create("https://cdn.example/t.webp"), Instant.parse("2025-10-12T15:00:00Z"));
    assertThat(video("shape-1e-openai-completed.json").expiresAt())
        .isEqualTo("2023-11-15T22:13:20Z");
    assertThat(video("shape-1d-veo-completed.json"))
        .extracting(Video::thumbnail, Video::expiresAt)
        .containsOnlyNulls();
  }

  @Test
  void theChineseReasonIsKept() {
    TaskAnswer named = Played.query(200, Fixture.text("shape-1e-openai-failed.json"));
    TaskAnswer only = Played.query(200, Fixture.text("shape-1f-newapi-failure.json"));

    assertThat(((TaskAnswer.Failed) named).reason().messageZh()).isEqualTo("提示词被拦截");
    assertThat(((TaskAnswer.Failed) only).reason().messageZh()).isEqualTo("任务超时（1440分钟）");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pending",
        "queued",
        "submitted",
        "not_start",
        "NOTSTARTED",
        "preparing",
        "created",
        "starting",
        "unknown",
        "processing",
        " in_progress ",
        "In Progress",
        "running",
        "generating",
        "image_downloading",
        "video_generating",
        "video_upsampling",
        "video_generation_completed",
        "half-baked"
      })
  void wordsOfWorkAndWordsNobodyHasSeenAreWorking(String word) {
    TaskAnswer answer = Played.query(200, json("{'status':'" + word + "','error':{'code':'x'}}"));

    assertThat(Played.brief(answer)).isEqualTo("working " + word);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "completed",
        "complete",
        "SUCCEEDED",
        "succeed",
        " Success\\n",
        "finished",
        "done"
      })
  void wordsOfSuccessAreSuccessEvenBesideAnOldError(String word) {
    TaskAnswer answer =
        Played.query(200, json("{'status':'" + word + "','error_message':'old','error':'old'}"));

    assertThat(Played.brief(answer)).isEqualTo("succeeded null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "failed",
        "fail",
        "FAILURE",
        "error",
        "cancelled",
        "canceled",
        "rejected",
        "video_generation_failed",
        "video_upsampling_failed"
      })
  void wordsOfFailureAreFailure(String word) {
    assertThat(Played.query(200, json("{'status':'" + word + "'}")))
        .isInstanceOf(TaskAnswer.Failed.class);
  }

  @Test
  void anExpiredTaskIsNeitherDoneNorFailed() {
    assertThat(Played.brief(Played.query(200, json("{'status':'EXPIRED','message':'gone'}"))))
        .isEqualTo("expired expired: gone");
  }

  @Test
  void anUpsampledVideoIsDoneOnlyWithItsLink() {
    assertThat(Played.brief(Played.query(200, json("{'status':'video_upsampling_completed'}"))))
        .isEqualTo("working video_upsampling_completed");
    assertThat(
            Played.brief(
                Played.query(
                    200,
                    json(
                        "{'status':'video_upsampling_completed',"
                            + "'detail':{'upsample_video_url':'https://c.example/u'}}"))))
        .isEqualTo("succeeded https://c.example/u");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'status':'completed','url':'https://c.example/1'}
          {'status':'completed','video_url':'','url':'https://c.example/1'}
          {'status':'completed','video_url':'pending','result_url':'https://c.example/1'}
          {'status':'completed','metadata':{'url':'https://c.example/1'}}
          {'status':'completed','video':{'url':'https://c.example/1'}}
          {'status':'completed','output':{'url':'https://c.example/1'}}
          {'status':'completed','output':[{'url':'https://c.example/1'}]}
          {'status':'completed','output':['https://c.example/1']}
          {'data':{'status':'succeeded','url':'https://c.example/1'}}
          {'data':{'status':'succeeded','video_url':'https://c.example/1'}}
          {'status':'completed','data':[{'url':'https://c.example/1'}]}
          {'state':'completed','detail':{'url':'https://c.example/1'}}
          {'detail':{'status':'completed','generations':[{'url':'https://c.example/1'}]}}
          {'status':'completed','detail':{'draft_info':{'url':'https://c.example/1'}}}
          {'status':'SUCCESS','fail_reason':'https://c.example/1'}
          {'status':'success','data':{'status':'completed','url':'https://c.example/1'}}
          """)
  void theLinkIsFoundWhereverGatewaysPutIt(String body) {
    assertThat(Played.brief(Played.query(200, json(body))))
        .isEqualTo("succeeded https://c.example/1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'status':'failed','error':'e','fail_reason':'f'}               | failed failed: e
          {'status':'failed','error':{'message':'e','code':'c'}}          | failed c: e
          {'status':'failed','error':{'code':500,'message':'e'}}          | failed 500: e
          {'status':'failed','error':{'message':'','code':'c'},'message':'m'} | failed c: m
          {'status':'failed','error':{'message':'','code':''},'fail_reason':'f'} | failed failed: f
          {'data':{'status':'failed','error':{'message':'e','code':'c'}}} | failed c: e
          {'data':{'status':'failed','error':'e'}}                        | failed failed: e
          {'data':{'status':'FAILURE','fail_reason':'f'}}                 | failed failure: f
          {'status':'failed','detail':{'draft_info':{'kind':'sora_error','markdown_reason_str':'r'}}} | failed sora_error: r
          {'status':'failed','detail':{'draft_info':{'kind':'sora_draft'},'pending_info':{'failure_reason':'p'}}} | failed failed: p
          {'status':'failed','detail':{'pending_info':{'moderation_result':{'type':'flagged'}},'failure_reason':'d'}} | prompt failed flagged: d
          {'status':'failed','detail':{'pending_info':{'moderation_result':{'type':'passed'}},'error_message':'d'}} | failed failed: d
          {'status':'failed','detail':{'error':'d'}}                      | failed failed: d
          {'status':'failed','message':'m'}                               | failed failed: m
          {'status':'Video Generation-Failed'}                            | failed video_generation_failed: the gateway gives no reason
          """)
  void theReasonIsFoundWhereverGatewaysPutIt(String body, String expected) {
    assertThat(Played.brief(Played.query(200, json(body)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      quoteCharacter = '`',
      textBlock =
          """
          'progress':0            | 0
          'progress':1            | 1
          'progress':99.9         | 99
          'progress':0.5          | 50
          'progress':1.0          | 100
          'progress':100          | 100
          'progress':250          | 100
          'progress':-5           | 0
          'progress':1e400        | 100
          'progress':NaN          | -
          'progress':'42%'        | 42
          'progress':' 7.5 % '    | 7
          'progress':'soon'       | -
          'progress':null         | -
          'data':{'progress':'9%'} | 9
          'detail':{'pending_info':{'progress_pct':0.93}} | 93
          'detail':{'pending_info':{'progress_pct':1}}    | 100
          'detail':{'pending_info':{'progress_pct':42}}   | 42
          'detail':{'pending_info':{'progress_pct':null}} | -
          'x':1                   | -
          """)
  void progressIsAPercentageHoweverItIsWritten(String field, @Nullable Integer percent) {
    TaskAnswer answer = Played.query(200, json("{'status':'processing'," + field + "}"));

    assertThat(((TaskAnswer.Working) answer).percent()).isEqualTo(percent);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      textBlock =
          """
          # status | Retry-After | body | answer | whether the other address is worth asking
          400 | - | {'code':'task_not_exist','message':'m'}                 | unknown: task_not_exist | true
          404 | - | {'error':{'message':'m','code':'task_not_exist'}}       | unknown: task_not_exist | true
          404 | - | {'error':{'message':'no such video'}}                   | unknown: http_404       | true
          400 | - | {'success':false,'message':'Task not found'}            | unknown: http_400       | true
          200 | - | {'code':'task_not_exist','message':'m','data':null}     | unknown: task_not_exist | true
          200 | - | {'error':{'message':'任务不存在','code':''}}            | unknown: http_200       | true
          404 | - | {'error':{'message':'Invalid URL (GET /v1/x)','code':''}} | trouble: http_404     | true
          404 | - | ``                                                      | trouble: http_404       | true
          404 | - | {'error':{'message':'m','code':'model_not_found'}}      | trouble: model_not_found | true
          405 | - | ``                                                      | trouble: http_405       | true
          501 | - | {'error':{'message':'m','code':'api_not_implemented'}}  | trouble: api_not_implemented | true
          302 | - | ``                                                      | trouble: http_302       | true
          401 | - | {'error':{'message':'该令牌额度已用尽','code':''}}      | denied: http_401        | false
          401 | - | {'error':{'message':'m','code':'insufficient_user_quota'}} | trouble: insufficient_user_quota | false
          403 | - | {'error':{'message':'m','code':'insufficient_user_quota'}} | trouble: insufficient_user_quota | false
          403 | - | {'error':{'message':'m','code':'access_denied'}}        | denied: access_denied   | false
          403 | - | {'error':{'message':'该令牌无权访问模型 x'}}            | trouble: http_403       | false
          403 | - | {'error':{'message':'m','code':'odd'}}                  | trouble: odd            | false
          403 | - | <html><title>Just a moment</title></html>               | trouble: http_403       | false
          400 | - | {'error':{'message':'m','code':'odd'}}                  | trouble: odd            | false
          402 | - | ``                                                      | trouble: http_402       | false
          429 | 9 | ``                                                      | trouble 9s: http_429    | false
          500 | - | {'code':'task_not_exist','message':'m'}                 | trouble: task_not_exist | false
          502 | - | <html></html>                                           | trouble: http_502       | false
          503 | 3 | {'error':{'message':'m','code':'x'}}                    | trouble 3s: x           | false
          200 | - | ``                                                      | trouble: unreadable_answer | false
          200 | - | <html>                                                  | trouble: unreadable_answer | false
          200 | - | {'status':                                              | trouble: unreadable_answer | false
          200 | - | {'status':200}                                          | trouble: unreadable_answer | false
          200 | - | {'status':' '}                                          | trouble: unreadable_answer | false
          200 | - | [{'status':'completed'}]                                | trouble: unreadable_answer | false
          200 | - | {'error':{'message':'m','code':'x'}}                    | trouble: x              | false
          500 | - | {'status':'failed'}                                     | trouble: http_500       | false
          """)
  void whatShowsNoTaskIsUnknownDeniedOrTroubleAndNeverAFailure(
      int status, @Nullable String retryAfter, String body, String expected, boolean elsewhere) {
    Reading reading = Played.query(Played.answer(status, retryAfter, json(body)));

    assertThat(Played.brief(reading.answer())).isEqualTo(expected);
    assertThat(reading.elsewhere()).isEqualTo(elsewhere);
  }

  @Test
  void aQuestionThatBreaksIsTrouble() {
    assertThat(trouble(new ConnectException("refused"))).isEqualTo("trouble: connect_failed");
    assertThat(trouble(new ConnectTimeoutException("t"))).isEqualTo("trouble: connect_timeout");
    assertThat(trouble(new SocketTimeoutException("t"))).isEqualTo("trouble: answer_timeout");
    assertThat(trouble(new IOException("x"))).isEqualTo("trouble: connection_lost");
    assertThat(trouble(new AnswerTooLongException(1))).isEqualTo("trouble: answer_too_long");
  }

  @Test
  void anAnswerOfAnyDepthOrSizeIsSurvived() {
    assertThat(Played.brief(Played.query(200, "{\"status\":" + "[".repeat(900_000))))
        .isEqualTo("trouble: unreadable_answer");
    assertThat(Played.query(200, json("{'status':'x','a':'" + "y".repeat(900_000) + "'}")))
        .satisfies(answer -> assertThat(answer.evidence().raw()).hasSize(TaskClassifier.MOST_RAW));
  }

  private static String trouble(Exception cause) {
    return Played.brief(
        Played.query(new Exchange.Broken(cause, false, false, null, null, null)).answer());
  }

  private static Video video(String example) {
    return ((TaskAnswer.Succeeded) Played.query(200, Fixture.text(example))).video();
  }

  private static String json(String single) {
    return single.replace('\'', '"');
  }
}
