/**
 * How fast and how long: rates, requests in flight, when a task is asked after next, and what makes
 * a run stop.
 *
 * <p>All times here run on a {@link io.reelbatch.pacing.MonotonicClock}: a wall clock that jumps
 * neither hurries nor holds anybody. Knows nothing of HTTP, SQL or Spring.
 */
@NullMarked
package io.reelbatch.pacing;

import org.jspecify.annotations.NullMarked;
