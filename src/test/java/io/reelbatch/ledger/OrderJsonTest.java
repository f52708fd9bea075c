package io.reelbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.Endpoint;
import io.reelbatch.model.Operation;
import io.reelbatch.model.Order;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.StringNode;

class OrderJsonTest {

  @Test
  void anOrderOfTheGatewaysOwnEndpointIsWrittenAsItAlwaysWas() {
    Order order =
        new Order(Operation.CREATE, "sora-2", "p", Map.of("size", StringNode.valueOf("small")));

    assertThat(OrderJson.write(order))
        .isEqualTo(
            "{\"operation\":\"create\",\"model\":\"sora-2\",\"prompt\":\"p\","
                + "\"fields\":{\"size\":\"small\"}}");
    assertThat(OrderJson.read(OrderJson.write(order))).isEqualTo(order);
  }

  @Test
  void theEndpointOfAnOrderIsKeptWithIt() {
    Order order = new Order(Operation.REMIX, null, "p", Map.of(), Endpoint.OPENAI);

    assertThat(OrderJson.read(OrderJson.write(order))).isEqualTo(order);
  }
}
