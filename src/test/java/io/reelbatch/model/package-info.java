/** The words of the program, each held to what it promises. */
@NullMarked
package io.reelbatch.model;

import org.jspecify.annotations.NullMarked;
