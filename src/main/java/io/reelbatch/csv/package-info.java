/**
 * Reads the CSV, or the sheet of a workbook: each line becomes an order, or the errors that keep it
 * from being one.
 *
 * <p>May know the file and the types of {@code model}, nothing else: whether a source row exists, a
 * row was paid for or may be sent is not decided here. Its facts come from the file and from the
 * catalogue of models it is given; reading costs nothing and changes nothing.
 */
@NullMarked
package io.reelbatch.csv;

import org.jspecify.annotations.NullMarked;
