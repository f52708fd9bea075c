package io.reelbatch.worlds;

import io.reelbatch.model.Operation;

/**
 * A line of a world's input.
 *
 * @param id empty for none
 * @param prompt what is ordered; who asks for the same twice writes two lines
 * @param source the id of another line; empty for none
 */
record Line(String id, Operation operation, String prompt, String source) {

  static final String HEADER = "id,operation,prompt,source,start_time\n";

  String csv() {
    return id
        + ","
        + operation.word()
        + ",\""
        + prompt
        + "\","
        + source
        + ","
        + (operation == Operation.EXTEND ? "3" : "")
        + "\n";
  }

  Line withId(String other) {
    return new Line(other, operation, prompt, source);
  }

  Line withPrompt(String other) {
    return new Line(id, operation, other, source);
  }
}
