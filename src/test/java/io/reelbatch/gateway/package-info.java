/** What the gateway's client promises, tried against real sockets on this machine. */
@NullMarked
package io.reelbatch.gateway;

import org.jspecify.annotations.NullMarked;
