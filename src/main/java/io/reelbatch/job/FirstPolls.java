package io.reelbatch.job;

import io.reelbatch.model.Catalogue;
import io.reelbatch.model.Effort;
import java.time.Duration;
import org.springframework.core.env.Environment;

/**
 * When a task is asked after first, while nothing is learned of its like: at half of the time that
 * the catalogue calls typical, since few end sooner. Somebody who sets {@code reelbatch.poll.first}
 * knows better.
 */
final class FirstPolls {

  private static final String SETTING = "reelbatch.poll.first";

  private final Duration first;
  private final Catalogue catalogue;
  private final boolean isSet;

  FirstPolls(PollProperties poll, Catalogue catalogue, Environment environment) {
    this.first = poll.first();
    this.catalogue = catalogue;
    this.isSet = environment.containsProperty(SETTING);
  }

  Duration of(Effort effort) {
    return isSet ? first : catalogue.typical(effort).map(time -> time.dividedBy(2)).orElse(first);
  }
}
