/**
 * Wires the parts into one Spring Batch job and binds its settings.
 *
 * <p>May know every package but {@code cli}. Its facts come from Spring's configuration.
 */
@NullMarked
package io.reelbatch.job;

import org.jspecify.annotations.NullMarked;
