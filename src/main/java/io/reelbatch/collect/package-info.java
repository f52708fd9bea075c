/**
 * The step that fetches finished videos before their links die. Fetching costs nothing and can be
 * repeated; what must not happen is that a wrong or a cut file is taken for a video, or that the
 * key leaves for another host. Knows the gateway, the ledger, the pacing and the model.
 */
@NullMarked
package io.reelbatch.collect;

import org.jspecify.annotations.NullMarked;
