package io.reelbatch.job;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The keys of several accounts. Never bound, since Spring would print a key when something is wrong
 * with it: {@link ApiKeys} looks them up.
 *
 * @param accounts keys under names of your own, each with api-key-file, or api-key where others
 *     cannot read it; see below
 */
@ConfigurationProperties("reelbatch")
public record AccountsProperties(@DefaultValue Map<String, Map<String, String>> accounts) {}
