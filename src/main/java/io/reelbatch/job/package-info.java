/**
 * Wires a run together: settings, Spring Batch's job and steps, the lock of the home, restart and
 * recovery, and the exit code. May use every package but {@code cli}.
 */
@NullMarked
package io.reelbatch.job;

import org.jspecify.annotations.NullMarked;
