package io.reelbatch.ledger;

import io.reelbatch.model.Operation;
import io.reelbatch.model.Order;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.node.JsonNodeFactory;

/** An order on its way to the ledger and back. */
@State(Scope.Thread)
public class OrderJsonBench {

  private final Order order =
      new Order(
          Operation.CREATE,
          "sora-2",
          "A red kite over snowy hills, slow dolly in, golden hour, 35 mm film grain",
          Map.of(
              "size", JsonNodeFactory.instance.stringNode("small"),
              "duration", JsonNodeFactory.instance.numberNode(10)));
  private final String text = OrderJson.write(order);

  /** As a row keeps it. */
  @Benchmark
  public String write() {
    return OrderJson.write(order);
  }

  /** As it is read before it is sent. */
  @Benchmark
  public Order read() {
    return OrderJson.read(text);
  }
}
