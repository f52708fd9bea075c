@NullMarked
package io.reelbatch.collect;

import org.jspecify.annotations.NullMarked;
