/** The application; every feature has a package of its own below. */
@NullMarked
package io.reelbatch;

import org.jspecify.annotations.NullMarked;
