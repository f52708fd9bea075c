/**
 * The step that spends money: sends what is planned, within the pace, each row once.
 *
 * <p>Order of things: a permit, then the intent on disk, then the request, then its outcome on
 * disk. Spring Batch's interfaces are only translated here; a window of rows is one item.
 */
@NullMarked
package io.reelbatch.submit;

import org.jspecify.annotations.NullMarked;
