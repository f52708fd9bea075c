/**
 * The step that asks after paid tasks until each has an end. Asking costs nothing; nothing that
 * goes wrong while asking says anything about the task.
 */
@NullMarked
package io.reelbatch.poll;

import org.jspecify.annotations.NullMarked;
