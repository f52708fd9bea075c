/** The step that asks, against a real ledger and a real server on this machine. */
@NullMarked
package io.reelbatch.poll;

import org.jspecify.annotations.NullMarked;
