/**
 * How connections leave this machine: by which proxy, and whose certificates are trusted. The same
 * for the gateway, videos and notices. Knows the HTTP client, and nothing of what it is used for.
 */
@NullMarked
package io.reelbatch.net;

import org.jspecify.annotations.NullMarked;
