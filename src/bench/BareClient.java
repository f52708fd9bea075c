import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;

/**
 * What the machine can do at best: HttpClient 5, asynchronous, 64 connections, no ledger, nothing
 * kept. BASE-URL N METHOD.
 */
public class BareClient {
  public static void main(String[] args) throws Exception {
    int n = Integer.parseInt(args[1]);
    boolean post = args[2].equals("POST");
    int connections = 64;
    Semaphore free = new Semaphore(connections);
    CountDownLatch left = new CountDownLatch(n);
    AtomicInteger failed = new AtomicInteger();
    try (CloseableHttpAsyncClient client =
        HttpAsyncClients.custom()
            .setConnectionManager(
                PoolingAsyncClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(connections)
                    .setMaxConnPerRoute(connections)
                    .build())
            .disableAutomaticRetries()
            .build()) {
      client.start();
      for (int i = 1; i <= n; i++) {
        free.acquire();
        client.execute(request(args[0], i, post), callback(free, left, failed));
      }
      left.await();
    }
    System.out.println(n + " requests, " + failed + " failed");
  }

  private static SimpleHttpRequest request(String base, int i, boolean post) {
    if (!post) {
      return SimpleRequestBuilder.get(URI.create(base + "/v1/videos/task_" + i))
          .setHeader("Authorization", "Bearer sk-bench")
          .build();
    }
    return SimpleRequestBuilder.post(URI.create(base + "/v1/video/create"))
        .setHeader("Authorization", "Bearer sk-bench")
        .setBody(
            "{\"prompt\":\"A red kite over snowy hills, take "
                + i
                + ", slow dolly in, golden hour, 35 mm film grain, wind in the grass\",\"model\":\"sora-2\",\"images\":[],\"orientation\":\"landscape\",\"size\":\"small\",\"duration\":10,\"watermark\":false,\"private\":false}",
            ContentType.APPLICATION_JSON)
        .build();
  }

  private static FutureCallback<SimpleHttpResponse> callback(
      Semaphore free, CountDownLatch left, AtomicInteger failed) {
    return new FutureCallback<>() {
      @Override
      public void completed(SimpleHttpResponse response) {
        if (response.getCode() != 200 || response.getBodyText().isEmpty()) {
          failed.incrementAndGet();
        }
        done();
      }

      @Override
      public void failed(Exception e) {
        failed.incrementAndGet();
        done();
      }

      @Override
      public void cancelled() {
        failed(null);
      }

      private void done() {
        free.release();
        left.countDown();
      }
    };
  }
}
