/** Tests of the judge, who must be able to say no. */
@NullMarked
package io.reelbatch.selftest;

import org.jspecify.annotations.NullMarked;
