package io.reelbatch.job;

import io.reelbatch.gateway.GatewaySettings;
import io.reelbatch.model.AccountName;
import io.reelbatch.model.Message;
import io.reelbatch.net.Network;

/** How the gateway is reached as one account: the same way as any other, with a key of its own. */
final class AccountSettings {

  private final GatewayProperties gateway;
  private final ApiKeys keys;
  private final Network network;
  private final int connections;

  /**
   * Looks for no key yet.
   *
   * @param connections requests that can be under way at the same time
   */
  AccountSettings(GatewayProperties gateway, ApiKeys keys, Network network, int connections) {
    this.gateway = gateway;
    this.keys = keys;
    this.network = network;
    this.connections = connections;
  }

  /**
   * Those of this account.
   *
   * @throws UsageException if its key is missing, or a setting cannot be right
   */
  GatewaySettings of(AccountName account) {
    try {
      return new GatewaySettings(
          gateway.baseUrl(),
          keys.of(account),
          gateway.connectTimeout(),
          gateway.answerTimeout(),
          connections,
          gateway.queryPath(),
          gateway.queryFallbackPath(),
          network);
    } catch (IllegalArgumentException e) {
      throw new UsageException(Message.of("reelbatch.gateway: {0}", Message.of(e)), e);
    }
  }
}
