/**
 * Durable state: batches, inputs, rows, attempts and tasks. The only SQL of the program.
 *
 * <p>Rows move by compare-and-set, as {@link io.reelbatch.model.Lifecycle} says. Facts (an attempt,
 * its answer, a task id) are written without any condition. What is on disk when a call returns is
 * written at each method.
 */
@NullMarked
package io.reelbatch.ledger;

import org.jspecify.annotations.NullMarked;
