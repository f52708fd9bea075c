/** The command line: options in, words and exit codes out. Decides nothing about rows or money. */
@NullMarked
package io.reelbatch.cli;

import org.jspecify.annotations.NullMarked;
