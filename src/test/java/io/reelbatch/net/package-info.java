@org.jspecify.annotations.NullMarked
package io.reelbatch.net;
