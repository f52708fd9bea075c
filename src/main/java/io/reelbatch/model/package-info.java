/**
 * The words of this program as types: orders, ids, money, states and what the gateway may answer.
 *
 * <p>Knows nothing of HTTP, SQL, files or Spring. {@link io.reelbatch.model.Lifecycle} is the only
 * place that says which state follows which.
 */
@NullMarked
package io.reelbatch.model;

import org.jspecify.annotations.NullMarked;
