/**
 * The video gateway, spoken to over HTTP: one order becomes one request, one answer becomes one
 * outcome.
 *
 * <p>{@link io.reelbatch.gateway.VideoGateway} is the door. What an answer to a paid request means
 * for money stands in one table, {@code SendClassifier}; what an answer to a question means for a
 * task in another, {@code TaskClassifier}. Shapes and words of the wire stay in this package, which
 * knows the model, the HTTP client and the JSON library, and nothing of rows, files or databases.
 *
 * <p>Facts come from the gateway's pages (named as {@code Wire:}) and, where these are silent, from
 * what gateways of the same family are known to answer (marked {@code Assumed:}).
 */
@NullMarked
package io.reelbatch.gateway;

import org.jspecify.annotations.NullMarked;
