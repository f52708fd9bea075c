@NullMarked
package io.reelbatch.notice;

import org.jspecify.annotations.NullMarked;
