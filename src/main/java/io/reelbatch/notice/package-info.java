/**
 * Tells people elsewhere how a run went: a webhook, or a chat's robot. Knows the model alone; what
 * there is to tell is told to it. Whatever goes wrong here is a sentence and never an exception: no
 * run hangs on it.
 *
 * <p>The address of a webhook is a secret like a key: whoever has it writes into the chat. It stays
 * in {@link io.reelbatch.notice.Target}, and no text that leaves this package holds it.
 */
@NullMarked
package io.reelbatch.notice;

import org.jspecify.annotations.NullMarked;
