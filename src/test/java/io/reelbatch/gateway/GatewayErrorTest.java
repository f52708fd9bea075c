package io.reelbatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.Reason;
import io.reelbatch.model.SendOutcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class GatewayErrorTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          error-e1.json       | invalid_api_key | 无效的令牌 (request id: 20251006151026875729000abcdefgh) | 无效的令牌 (request id: 20251006151026875729000abcdefgh)
          error-e2.json       | task_not_exist  | task_not_exist          | -
          error-e3.json       | invalid_request_error | Invalid token     | 无效的令牌
          error-e4.json       | pre_consume_token_quota_failed | quota is not enough | 用户额度不足
          error-e4-empty.json | bad_response_status_code | HTTP 500:      | -
          error-e5.json       | http_500        | no such thing here      | -
          error-e6-nested.json | sentinel_block | This prompt was blocked | -
          error-e6-cloudflare.html | http_500   | HTTP 500: gateway.example | -
          """)
  void everyEnvelopeYieldsTheGatewaysOwnWords(
      String example, String code, String message, @Nullable String messageZh) {
    Reason reason = reason(500, Fixture.text(example));

    assertThat(reason.code()).isEqualTo(code);
    assertThat(reason.message()).startsWith(message);
    assertThat(reason.messageZh()).isEqualTo(messageZh);
  }

  @Test
  void anErrorOfThePagesSchemaIsReadInAllItsParts() {
    JsonNode schema = Json.parse(Fixture.text("remix-003-error-schema.json"));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ObjectNode error = answer.putObject(schema.at("/required/0").stringValue());
    for (JsonNode field : schema.at("/properties/error/required").values()) {
      error.put(field.stringValue(), "the " + field.stringValue() + " 的");
    }

    assertThat(Played.brief(Played.send(401, answer.toString()))).isEqualTo("halt KEY: the type 的");
    assertThat(reason(401, answer.toString()).message()).isEqualTo("the message 的");
    assertThat(reason(401, answer.toString()).messageZh()).isEqualTo("the message_zh 的");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      quoteCharacter = '`',
      textBlock =
          """
          {"code":1001,"message":"m"}                            | 1001     | m | -
          {"code":null,"message":"m"}                            | http_400 | m | -
          {"code":"success","message":"m"}                       | http_400 | m | -
          {"code":"","error":{"code":"","message":"m"}}          | http_400 | m | -
          {"code":"c","error":{"message":"m"}}                   | c        | m | -
          {"code":"c","error":"m"}                               | c        | m | -
          {"msg":"m"}                                            | http_400 | m | -
          {"error":{"localized_message":"余额"}}                 | http_400 | 余额 | 余额
          {"error":{"message":"m","localized_message":"n"}}      | http_400 | m | -
          {"message":"API 密钥无效"}                             | http_400 | API 密钥无效 | API 密钥无效
          {"message":"分组 default 下模型 sora-2-pro 无"}        | http_400 | 分组 default 下模型 sora-2-pro 无 | 分组 default 下模型 sora-2-pro 无
          {"message":"the prompt 红 was refused"}                | http_400 | the prompt 红 was refused | -
          {"message":"{not json}"}                               | http_400 | {not json} | -
          {"message":"see {\\"a\\":1}"}                          | http_400 | see {"a":1} | -
          {"code":"c","message":"status 400: {\\"message\\":\\"错了\\"}"} | c | 错了 | 错了
          {"code":"c","message":"{\\"message\\":\\"{\\\\\\"code\\\\\\":\\\\\\"deep\\\\\\"}\\"}"} | deep | {"code":"deep"} | -
          {"error":{"type":"t"}}                                 | t        | HTTP 400: {"error":{"type":"t"}} | -
          {"type":"t"}                                           | http_400 | HTTP 400: {"type":"t"} | -
          """)
  void codesMayBeNumbersOrNullAndMessagesMayHoldAnotherAnswer(
      String body, String code, String message, @Nullable String messageZh) {
    assertThat(reason(400, body)).isEqualTo(new Reason(code, message, messageZh));
  }

  @Test
  void theRequestIdComesFromTheHeaderOrElseFromTheText() {
    assertThat(Played.send(401, Fixture.text("error-e1.json")).evidence().requestId())
        .isEqualTo("20251006151026875729000abcdefgh");
    assertThat(Played.send(401, "{}").evidence().requestId()).isNull();
    assertThat(
            Played.send(new Exchange.Answered(401, null, null, "head", "(request id: text)"))
                .evidence()
                .requestId())
        .isEqualTo("head");
    assertThat(
            Played.send(new Exchange.Answered(401, null, null, "", "(request id: text)"))
                .evidence()
                .requestId())
        .isEqualTo("text");
  }

  @Test
  void aLongPageIsShownShort() {
    assertThat(reason(500, "y ".repeat(5000)).message()).hasSize("HTTP 500: ".length() + 201);
    assertThat(reason(500, " ").message()).isEqualTo("HTTP 500 without a body");
  }

  private static Reason reason(int status, String body) {
    SendOutcome outcome = Played.send(status, body);
    if (outcome instanceof SendOutcome.Refused refused) {
      return refused.reason();
    }
    if (outcome instanceof SendOutcome.Halt halt) {
      return halt.reason();
    }
    return ((SendOutcome.InDoubt) outcome).reason();
  }
}
