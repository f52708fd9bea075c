package io.reelbatch.worlds;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The ledger's database with somebody between it and the program. Keeps connections and their
 * prepared statements: H2 would spend most of a world's time on reading the same SQL again.
 */
final class ShakyDatabase extends DelegatingDataSource {

  /** What the program is about to do, or has just done. */
  enum Point {
    CONNECT,
    STATEMENT,
    SYNC,
    COMMIT,
    COMMITTED,
    /** No call of the database but a moment of a request. */
    ELSEWHERE
  }

  /** Is told of each point and may throw there; nothing happens then. */
  interface Between {
    void at(Point point, String sql) throws SQLException;
  }

  private final Deque<Kept> kept = new ConcurrentLinkedDeque<>();
  private volatile Between between = (point, sql) -> {};

  ShakyDatabase(DataSource target) {
    super(target);
  }

  void between(Between somebody) {
    this.between = somebody;
  }

  @Override
  public Connection getConnection() throws SQLException {
    between.at(Point.CONNECT, "");
    Kept free = kept.poll();
    return (free == null ? new Kept(super.getConnection()) : free).lent();
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** A connection that outlives those who use it. */
  private final class Kept {

    private final Connection real;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    Kept(Connection real) {
      this.real = real;
    }

    Connection lent() {
      return (Connection)
          Proxy.newProxyInstance(
              ShakyDatabase.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) -> invoke(method, arguments));
    }

    private Object invoke(Method method, Object[] arguments) throws Throwable {
      switch (method.getName()) {
        case "prepareStatement" -> {
          String sql = String.valueOf(arguments[0]);
          between.at(Point.STATEMENT, sql);
          if (arguments.length == 1) {
            return statement(sql);
          }
        }
        case "createStatement" -> between.at(Point.SYNC, "");
        case "commit" -> {
          between.at(Point.COMMIT, "");
          real.commit();
          between.at(Point.COMMITTED, "");
          return null;
        }
        case "close" -> {
          real.rollback();
          real.setAutoCommit(true);
          kept.push(this);
          return null;
        }
        default -> {}
      }
      return call(real, method, arguments);
    }

    private PreparedStatement statement(String sql) throws SQLException {
      PreparedStatement known = statements.remove(sql); // taken out while it is in use
      PreparedStatement statement = known == null ? real.prepareStatement(sql) : known;
      return (PreparedStatement)
          Proxy.newProxyInstance(
              ShakyDatabase.class.getClassLoader(),
              new Class<?>[] {PreparedStatement.class},
              (proxy, method, arguments) -> {
                if (!method.getName().equals("close")) {
                  return call(statement, method, arguments);
                }
                statement.clearBatch();
                PreparedStatement other = statements.put(sql, statement);
                if (other != null && other != statement) {
                  other.close();
                }
                return null;
              });
    }
  }
}
