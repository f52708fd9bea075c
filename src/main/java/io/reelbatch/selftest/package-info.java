/**
 * Proves what the program promises about money: starts it as a stranger would, kills it, and has
 * the gateway's own log say what was paid.
 *
 * <p>It knows the simulator, the JDK, and the libraries that read CSV and JSON. It must not know
 * the ledger or anything else of this program: a judge that asks the accused shares his errors. The
 * program is known here by its command line, its exit codes and its result files alone, all as the
 * README describes them.
 */
@NullMarked
package io.reelbatch.selftest;

import org.jspecify.annotations.NullMarked;
