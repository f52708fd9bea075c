package io.reelbatch.gateway;

import io.reelbatch.model.TaskAnswer;

/**
 * What one address said about a task.
 *
 * @param elsewhere whether the other address may know more: here the route or the task is unknown
 */
record Reading(TaskAnswer answer, boolean elsewhere) {

  boolean knowsTheTask() {
    return answer instanceof TaskAnswer.Working
        || answer instanceof TaskAnswer.Succeeded
        || answer instanceof TaskAnswer.Failed
        || answer instanceof TaskAnswer.Expired;
  }
}
