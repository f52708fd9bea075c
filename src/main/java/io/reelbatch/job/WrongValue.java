package io.reelbatch.job;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.lang.reflect.Field;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationErrors;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** Says in one sentence which setting has a value that it cannot have, and what it may have. */
final class WrongValue {

  private WrongValue() {}

  static String of(BindException e) {
    if (e.getCause() instanceof BindValidationException invalid) {
      for (ObjectError error : invalid.getValidationErrors().getAllErrors()) {
        if (error instanceof FieldError field) {
          return ofBounds(invalid.getValidationErrors(), field);
        }
      }
    }
    Throwable cause = NestedExceptionUtils.getMostSpecificCause(e);
    String name =
        e.getProperty() == null ? e.getName().toString() : e.getProperty().getName().toString();
    return sentence(
        name,
        e.getProperty() == null ? null : e.getProperty().getValue(),
        cause instanceof NumberFormatException
            ? "it is not a whole number"
            : String.valueOf(cause.getMessage()));
  }

  private static String ofBounds(ValidationErrors errors, FieldError error) {
    String name = errors.getName() + "." + hyphenated(error.getField());
    Object written =
        errors.getBoundProperties().stream()
            .filter(property -> property.getName().toString().equals(name))
            .map(property -> property.getValue())
            .findFirst()
            .orElse(Objects.requireNonNullElse(error.getRejectedValue(), ""));
    Field field = field(errors.getName().toString(), error.getField());
    String low = field == null ? null : low(field);
    String high = field == null ? null : high(field);
    return sentence(
        name,
        written,
        low == null || high == null
            ? "it " + String.valueOf(error.getDefaultMessage()).replaceAll(" milli$", " ms")
            : "it goes from " + low + " to " + high);
  }

  private static String sentence(String name, @Nullable Object value, String problem) {
    return "setting "
        + name
        + (value == null ? "" : " = '" + value + "'")
        + " cannot be used: "
        + problem
        + ". Nothing was sent";
  }

  /** Spring does not say whose bounds were broken; the prefix does. */
  private static @Nullable Field field(String prefix, String name) {
    return Stream.of(
            LedgerConfiguration.class.getAnnotation(EnableConfigurationProperties.class).value())
        .filter(type -> type.getAnnotation(ConfigurationProperties.class).prefix().equals(prefix))
        .flatMap(type -> Stream.of(type.getDeclaredFields()))
        .filter(field -> field.getName().equals(name))
        .findFirst()
        .orElse(null);
  }

  private static @Nullable String low(Field field) {
    Min min = field.getAnnotation(Min.class);
    DecimalMin decimal = field.getAnnotation(DecimalMin.class);
    return min != null ? Long.toString(min.value()) : decimal != null ? decimal.value() : null;
  }

  private static @Nullable String high(Field field) {
    Max max = field.getAnnotation(Max.class);
    DecimalMax decimal = field.getAnnotation(DecimalMax.class);
    return max != null ? Long.toString(max.value()) : decimal != null ? decimal.value() : null;
  }

  private static String hyphenated(String field) {
    return field
        .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
        .replaceAll("([A-Z])([A-Z])", "$1-$2")
        .toLowerCase(Locale.ROOT);
  }
}
