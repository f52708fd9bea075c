package io.reelbatch.ledger;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** About the file of H2; on a server there is nothing of the kind. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@DisabledIfSystemProperty(
    named = "ledger.on",
    matches = "postgresql",
    disabledReason = "about the file of H2")
public @interface OnFileOnly {}
