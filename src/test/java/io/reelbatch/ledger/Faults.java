package io.reelbatch.ledger;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A database that fails on demand: no connection, no commit, a commit that looks like none. */
final class Faults extends DelegatingDataSource {

  /** Connections that are still refused. */
  final AtomicInteger connections = new AtomicInteger();

  /** Commits that still fail, with nothing written. */
  final AtomicInteger commits = new AtomicInteger();

  /** Commits that still look as if they had failed, but are written. */
  final AtomicInteger lostAnswers = new AtomicInteger();

  /** Syncs that still fail. */
  final AtomicInteger syncs = new AtomicInteger();

  /** What was prepared. */
  final Queue<String> statements = new ConcurrentLinkedQueue<>();

  /**
   * Hears each statement that is about to be prepared: somebody else may do something just then.
   */
  volatile Consumer<String> preparing = sql -> {};

  Faults(DataSource target) {
    super(target);
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (takes(connections)) {
      throw new SQLException("no connection");
    }
    Connection real = super.getConnection();
    return (Connection)
        Proxy.newProxyInstance(
            Faults.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("commit")) {
                if (takes(commits)) {
                  throw new SQLException("disk full");
                }
                if (takes(lostAnswers)) {
                  real.commit();
                  throw new SQLException("connection lost");
                }
              }
              if (method.getName().equals("prepareStatement")) {
                preparing.accept(String.valueOf(arguments[0]));
                statements.add(String.valueOf(arguments[0]));
              }
              if (method.getName().equals("createStatement") && takes(syncs)) {
                throw new SQLException("cannot sync");
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static boolean takes(AtomicInteger left) {
    return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }
}
