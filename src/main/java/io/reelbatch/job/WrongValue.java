package io.reelbatch.job;

import io.reelbatch.model.Message;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.core.NestedExceptionUtils;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Says in one sentence which setting has a value that it cannot have, and what it may have. */
final class WrongValue {

  private WrongValue() {}

  static Message of(BindException e) {
    Throwable cause = NestedExceptionUtils.getMostSpecificCause(e);
    if (cause instanceof Allowed.Violation violation) {
      return sentence(e.getName() + "." + violation.setting(), violation.value(), violation.told());
    }
    String name =
        e.getProperty() == null ? e.getName().toString() : e.getProperty().getName().toString();
    return sentence(
        name, e.getProperty() == null ? null : e.getProperty().getValue(), problem(cause));
  }

  private static Message problem(Throwable cause) {
    if (cause instanceof NumberFormatException) {
      return Message.of("it is not a whole number");
    }
    if (cause instanceof UnsupportedCharsetException
        || cause instanceof IllegalCharsetNameException) {
      return Message.of("there is no such encoding; UTF-8, UTF-16 and GB18030 are some");
    }
    return Message.of(cause);
  }

  /** A file of settings that is no YAML. */
  static Message of(MarkedYAMLException e) {
    Mark mark = e.getProblemMark();
    return Message.of(
        "application.yml cannot be read: line {0}, column {1}: {2}. Nothing was sent",
        mark == null ? 1 : mark.getLine() + 1,
        mark == null ? 1 : mark.getColumn() + 1,
        e.getProblem());
  }

  /** What is wrong with the settings, whatever it is. */
  static Message ofSettings(RuntimeException e) {
    return e instanceof MarkedYAMLException yaml ? of(yaml) : Message.of(e);
  }

  private static Message sentence(String name, @Nullable Object value, Message problem) {
    return Message.of(
        "setting {0} cannot be used: {1}. Nothing was sent",
        name + (value == null ? "" : " = '" + value + "'"), problem);
  }
}
