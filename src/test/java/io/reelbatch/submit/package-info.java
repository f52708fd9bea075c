/** The step that spends money, against a real ledger and a real server on this machine. */
@NullMarked
package io.reelbatch.submit;

import org.jspecify.annotations.NullMarked;
