/** Rates, waits and ends, on a clock that only the test moves. */
@NullMarked
package io.reelbatch.pacing;

import org.jspecify.annotations.NullMarked;
