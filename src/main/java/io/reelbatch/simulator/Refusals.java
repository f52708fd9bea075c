package io.reelbatch.simulator;

import tools.jackson.databind.node.ObjectNode;

/**
 * Every way to say no, in the two envelopes that gateways of this family use. Assumed: the pages of
 * this gateway show no error but {@code {"error":{"message","message_zh","type"}}} (Wire:
 * 000_627d03da58f7585c.txt). Nothing refused is made or charged.
 */
final class Refusals {

  private static final String SATURATED = "当前分组上游负载已饱和，请稍后再试";

  private Refusals() {}

  static Reply wrongKey(Request request) {
    return gateway(request, 401, "无效的令牌", "").noted("wrong key");
  }

  static Reply noSuchRoute(Request request) {
    String message = "Invalid URL (" + request.method() + " " + request.path() + ")";
    return openAi(404, message, "invalid_request_error", "").noted("no such route");
  }

  static Reply unknownModel(String model) {
    return Reply.json(503, noChannel(model), "refused: model_not_found");
  }

  static Reply missingModel(Request request) {
    return gateway(request, 400, "未指定模型名称，模型名称不能为空", "invalid_request");
  }

  static Reply refusedContent() {
    return openAi(
        400,
        "Your request was rejected as a result of our safety system.",
        "invalid_request_error",
        "content_policy_violation");
  }

  static Reply sentinelBlock() {
    return openAi(
        400,
        "Your request was blocked by our moderation system.",
        "invalid_request_error",
        "sentinel_block");
  }

  static Reply badOrder(String code, String message) {
    return task(400, code, message);
  }

  /** Assumed: OpenAI's own form, which names the field. */
  static Reply badVideo(String field, String code, String message) {
    ObjectNode envelope = openAiEnvelope(message, "invalid_request_error", code);
    envelope.withObjectProperty("error").put("param", field);
    return Reply.json(400, envelope, "refused: " + code);
  }

  static Reply unknownTask(int status) {
    return task(status, "task_not_exist", "task_not_exist");
  }

  static Reply notCompleted(Request request) {
    return gateway(request, 400, "Task is not completed yet", "invalid_request");
  }

  static Reply nothingToFetch(Request request) {
    return gateway(request, 502, "Failed to fetch video from upstream", "bad_response_status_code");
  }

  static Reply saturated() {
    return Reply.json(429, saturatedNode(), "saturated");
  }

  static String saturatedBody() {
    return saturatedNode().toString();
  }

  static String noChannelBody(String model) {
    return noChannel(model).toString();
  }

  /** The simulator's own failure; nothing was made. */
  static Reply ownFailure(Exception failure) {
    return task(500, "simulator_error", "the simulator itself failed: " + failure);
  }

  private static ObjectNode saturatedNode() {
    return taskEnvelope("fail_to_fetch_task", SATURATED);
  }

  private static ObjectNode noChannel(String model) {
    return openAiEnvelope(
        "分组 default 下模型 " + model + " 无可用渠道（distributor）", "new_api_error", "model_not_found");
  }

  private static Reply gateway(Request request, int status, String message, String code) {
    return openAi(status, message + " (request id: " + request.id() + ")", "new_api_error", code);
  }

  private static Reply openAi(int status, String message, String type, String code) {
    return Reply.json(status, openAiEnvelope(message, type, code), "refused: " + code);
  }

  private static Reply task(int status, String code, String message) {
    return Reply.json(status, taskEnvelope(code, message), "refused: " + code);
  }

  private static ObjectNode openAiEnvelope(String message, String type, String code) {
    var envelope = Json.object();
    envelope.putObject("error").put("message", message).put("type", type).put("code", code);
    return envelope;
  }

  private static ObjectNode taskEnvelope(String code, String message) {
    return Json.object().put("code", code).put("message", message).putNull("data");
  }
}
