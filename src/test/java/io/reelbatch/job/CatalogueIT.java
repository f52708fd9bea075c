package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The catalogue at work in whole runs. */
class CatalogueIT {

  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
  private static final String GROK = "grok:7fd641dc-437f-44c3-97a2-e3778e0e10fb";
  private static final String VIDEO = "video_099c5197-abfd-4e16-88ff-1e162f2a5c77";

  @TempDir private Path folder;

  @Test
  void aGatewayThatTakesNothingButTheGoldenBodiesTakesWhatACsvMakes() {
    try (StrictGateway gateway = new StrictGateway(golden());
        BatchWorld world = new BatchWorld(folder)) {
      world.with("reelbatch.gateway.base-url", gateway.url().toString());
      world.csv(
          "operation,model,prompt,source,images,orientation,size,duration,watermark,private,"
              + "aspect_ratio,start_time,upscale,param.enhance_prompt,param.enable_upsample",
          "create,sora-2-pro,make animate,,,竖屏,Large,15s,否,TRUE,,,,,",
          ",sora-2,a kite,,https://a.example/1.png,横屏,,,,,,,,,",
          ",grok-video-3,a cat,,,,720p,,,,3:02,,,,",
          "extend,,play with another white cat," + GROK + ",,,1080p,,,,,3 秒,no,,",
          "extend,,all of it," + GROK + ",,,720p,,,,１：１,0,1,,",
          ",veo3.1-fast,风筝,,https://a.example/1.png | https://a.example/2.png,,,,,,16:9,,,是,0",
          ",veo2,a boat,,,,,,,,,,,,",
          "remix,,画面更精细一些," + VIDEO + ",,,1280x720,,,,,,,,",
          "remix,,finer," + VIDEO + ",,,,,,,,,,,");

      RunResult result = world.run();

      assertThat(gateway.refused()).isEmpty();
      assertThat(gateway.taken()).containsExactlyInAnyOrderElementsOf(golden().keySet());
      assertThat(result.ending()).isEqualTo(Ending.SUCCEEDED);
    }
  }

  @Test
  void aModelThatOnlyAFileOutsideAddsIsCheckedPricedSentAndAskedAfter() throws IOException {
    Path own =
        Files.writeString(
            folder.resolve("own.yml"),
            """
            reelbatch:
              budget: {currency: USD}
              models:
                "[kite.1]":
                  create:
                    price: 0.25
                    longest-prompt: 20
                    images: {type: urls, fallback: "", most: 1}
                    seed: {type: integer, values: "7, 8"}
                    "[fast_mode]": {type: boolean, fallback: "false"}
            """);
    System.setProperty("spring.config.additional-location", "file:" + own);
    var body = "{'model':'kite.1','prompt':'a kite','images':[],'seed':7,'fast_mode':false}";
    try (StrictGateway gateway =
            new StrictGateway(
                Map.of("create", JsonMapper.shared().readTree(body.replace('\'', '"'))));
        BatchWorld world = new BatchWorld(folder)) {
      world.with("reelbatch.gateway.base-url", gateway.url().toString());
      world.with("reelbatch.run.strict-models", "true");
      world.csv(
          "prompt,model,param.seed,images",
          "a kite that is far too long,kite.1,9,http://a/1 http://a/2",
          "b,kite.2,,");

      assertThat(world.run().errors())
          .extracting(String::valueOf)
          .satisfiesExactlyInAnyOrder(
              error -> assertThat(error).contains("27 characters; kite.1 takes at most 20"),
              error -> assertThat(error).contains("must be 7 or 8; did you mean '8'?"),
              error -> assertThat(error).contains("holds 2 addresses; at most 1"),
              error -> assertThat(error).contains("'kite.1'", "--strict-models"));

      world.csv("prompt,model,param.seed", "a kite,kite.1,7");

      assertThat(world.run().ending()).isEqualTo(Ending.SUCCEEDED);
      assertThat(gateway.taken()).containsExactly("create");
      assertThat(world.json())
          .singleElement()
          .satisfies(
              line -> {
                assertThat(line.path("cost").asString()).contains("0.25");
                assertThat(line.path("video_url").asString()).isEqualTo("https://v.example/1.mp4");
              });
    } finally {
      System.clearProperty("spring.config.additional-location");
    }
  }

  @Test
  void aRetiredModelIsRefusedBeforeAnythingIsSentButWhatWasPaidForStays() {
    try (BatchWorld world = new BatchWorld(folder)) {
      world.csv("prompt,model", "a kite,veo3");
      assertThat(world.run().ending()).isEqualTo(Ending.SUCCEEDED);
      world.with("reelbatch.models.veo3.retired", "2026-01-31");
      world.with("reelbatch.models.veo3.successor", "veo3.1");

      assertThat(world.run().ending()).isEqualTo(Ending.SUCCEEDED);
      world.csv("prompt,model", "a kite,veo3", "a boat,veo3", "a cat,veo3.1");
      RunResult refused = world.run();

      assertThat(refused.ending()).isEqualTo(Ending.REJECTED);
      assertThat(refused.errors())
          .extracting(String::valueOf)
          .containsExactly(
              "line 3, column model, \"veo3\": is not served any more since 2026-01-31; did you mean 'veo3.1'?");
      assertThat(world.paidPrompts()).containsExactly("a kite");

      world.csv("prompt,model", "a kite,veo3", "a cat,veo3.1");
      assertThat(world.run().ending()).isEqualTo(Ending.SUCCEEDED);
      assertThat(world.paidPrompts()).containsExactly("a cat", "a kite");
    }
  }

  @Test
  void anEndThatIsConfiguredBetweenTwoRunsIsNoticedAlthoughTheFileIsTheSame() {
    try (BatchWorld world = new BatchWorld(folder)) {
      world.csv("prompt,model", "a kite,veo3", "a boat,veo3");
      world.with("reelbatch.budget.limit", "1");
      world.run();
      world.without("reelbatch.budget.limit").with("reelbatch.models.veo3.retired", "2026-01-31");

      assertThat(world.run().ending()).isEqualTo(Ending.REJECTED);
      assertThat(world.paidPrompts()).hasSize(1);
    }
  }

  /** Those of the gateway's own pages; OpenAI's go to another address. */
  private static Map<String, JsonNode> golden() {
    Map<String, JsonNode> bodies = new TreeMap<>();
    try (Stream<Path> files = Files.list(GOLDEN)) {
      for (Path file : files.filter(each -> !each.endsWith("openai-create.json")).toList()) {
        String name = file.getFileName().toString().replace(".json", "");
        bodies.put(name, JsonMapper.shared().readTree(Files.readString(file)));
      }
      return bodies;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
