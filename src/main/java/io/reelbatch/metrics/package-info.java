/**
 * What a run can be watched by: figures for Prometheus (a file for its node exporter, or a
 * Pushgateway) and for OTLP, made with Micrometer. Hears of requests and commits as a listener, and
 * is shown the rest; knows gateway, ledger, pacing and model, and nothing of Spring. Loaded only
 * where the settings ask for it. Never fails a run.
 */
@NullMarked
package io.reelbatch.metrics;

import org.jspecify.annotations.NullMarked;
