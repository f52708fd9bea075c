package io.reelbatch.job;

import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Where the batches of a home stand, in the order in which they were begun.
 *
 * @param complete false while a run goes on: then only its own batch can be seen
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Standings(boolean complete, List<Standing> batches) {

  public Standings {
    batches = List.copyOf(batches);
  }
}
