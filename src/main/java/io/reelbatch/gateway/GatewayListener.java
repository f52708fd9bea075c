package io.reelbatch.gateway;

import io.reelbatch.model.Order;
import io.reelbatch.model.SendOutcome;
import io.reelbatch.model.TaskAnswer;
import java.util.function.Consumer;

/**
 * Hears how requests end, on the thread that made them and before its caller does. Is to be quick;
 * what it throws changes nothing.
 */
public interface GatewayListener {

  /** Hears nothing. */
  GatewayListener NONE =
      new GatewayListener() {
        @Override
        public Consumer<SendOutcome> sending(Order order) {
          return outcome -> {};
        }

        @Override
        public Consumer<TaskAnswer> asking() {
          return answer -> {};
        }
      };

  /**
   * An order is about to leave.
   *
   * @return is told how that ended
   */
  Consumer<SendOutcome> sending(Order order);

  /**
   * A task is about to be asked after.
   *
   * @return is told what was heard of it
   */
  Consumer<TaskAnswer> asking();
}
