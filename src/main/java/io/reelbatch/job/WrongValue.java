package io.reelbatch.job;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.core.NestedExceptionUtils;

/** Says in one sentence which setting has a value that it cannot have, and what it may have. */
final class WrongValue {

  private WrongValue() {}

  static String of(BindException e) {
    Throwable cause = NestedExceptionUtils.getMostSpecificCause(e);
    if (cause instanceof Allowed.Violation violation) {
      return sentence(
          e.getName() + "." + violation.setting(),
          violation.value(),
          String.valueOf(violation.getMessage()));
    }
    String name =
        e.getProperty() == null ? e.getName().toString() : e.getProperty().getName().toString();
    return sentence(
        name,
        e.getProperty() == null ? null : e.getProperty().getValue(),
        cause instanceof NumberFormatException
            ? "it is not a whole number"
            : String.valueOf(cause.getMessage()));
  }

  private static String sentence(String name, @Nullable Object value, String problem) {
    return "setting "
        + name
        + (value == null ? "" : " = '" + value + "'")
        + " cannot be used: "
        + problem
        + ". Nothing was sent";
  }
}
