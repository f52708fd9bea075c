/**
 * The provider, offline: a real HTTP server on 127.0.0.1 that answers like the video gateway, keeps
 * a log of every request as evidence, and plays faults on demand. It charges nothing but counts
 * what would have been charged: a task made is money spent.
 *
 * <p>It knows the JDK and the JSON library and nothing else of this program, so that it cannot
 * share a misreading of the wire with the client it judges.
 *
 * <h2>Where its facts come from</h2>
 *
 * <ul>
 *   <li>{@code Wire: 000_627d03da58f7585c.txt} and {@code 003_46f25b07e1382a24.txt}: remix, its
 *       answer and ids.
 *   <li>{@code Wire: 001_5a96a522108e9b27.txt}: the query and its answer for a pending Sora task.
 *   <li>{@code Wire: 002_2806259c75ea4eb9.txt}: create, its fields and its answer.
 *   <li>{@code Wire: 004_6e4607a80ea57ce1.txt}: extend, whose page shows the answer {@code {}}.
 * </ul>
 *
 * <p>{@code Assumed:} everything those pages are silent on, taken from the published habits of
 * gateways of the same family: the answers for completed and failed tasks, for Grok and Veo, the
 * error envelopes, the ids, {@code /v1/video/query} and {@code /content}, and that a task is
 * charged when it is accepted and at no other moment; {@code POST} and {@code GET /v1/videos} from
 * OpenAI's specification.
 *
 * <h2>Words in a prompt that choose what happens</h2>
 *
 * <p>A plain CSV can play each outcome. The first word in square brackets wins; a {@code [sim:…]}
 * nobody knows is refused with 400, because a typing error would otherwise play the happy end.
 *
 * <table>
 *   <caption>Directives</caption>
 *   <tr><td>{@code [sim:refuse]}</td><td>400 {@code content_policy_violation}, nothing made</td></tr>
 *   <tr><td>{@code [sim:sentinel]}</td><td>400 {@code sentinel_block}, nothing made</td></tr>
 *   <tr><td>{@code [sim:moderated]}</td><td>accepted, later fails for its content</td></tr>
 *   <tr><td>{@code [sim:fail]}</td><td>accepted, later fails with an upstream error</td></tr>
 *   <tr><td>{@code [sim:hang-up]}</td><td>accepted, then the connection closes unanswered</td></tr>
 *   <tr><td>{@code [sim:empty]}</td><td>accepted, but the answer is {@code {}}</td></tr>
 *   <tr><td>{@code [sim:stuck]}</td><td>accepted, stays at 42 % for ever</td></tr>
 *   <tr><td>{@code [sim:slow]}</td><td>accepted, takes ten times as long</td></tr>
 *   <tr><td>{@code [sim:vanish]}</td><td>accepted; when it should end, nobody knows its id</td></tr>
 *   <tr><td>{@code [sim:no-link]}</td><td>completed without a link; {@code /content} says 502</td></tr>
 *   <tr><td>{@code [sim:busy]}</td><td>first POST of this prompt: 429 with {@code Retry-After: 1};
 *       later ones are accepted (a restart forgets that there was a first)</td></tr>
 * </table>
 */
@NullMarked
package io.reelbatch.simulator;

import org.jspecify.annotations.NullMarked;
