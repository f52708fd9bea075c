package io.reelbatch.job;

import io.reelbatch.model.Message;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.core.NestedExceptionUtils;

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
        name,
        e.getProperty() == null ? null : e.getProperty().getValue(),
        cause instanceof NumberFormatException
            ? Message.of("it is not a whole number")
            : Message.of(cause));
  }

  private static Message sentence(String name, @Nullable Object value, Message problem) {
    return Message.of(
        "setting {0} cannot be used: {1}. Nothing was sent",
        name + (value == null ? "" : " = '" + value + "'"), problem);
  }
}
