package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.reelbatch.model.Catalogue;
import io.reelbatch.model.Endpoint;
import io.reelbatch.model.FieldSpec;
import io.reelbatch.model.FieldType;
import io.reelbatch.model.ModelSpec;
import io.reelbatch.model.Operation;
import io.reelbatch.model.OperationSpec;
import io.reelbatch.model.Retirement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;

class ModelsPropertiesTest {

  @Test
  void theShippedCatalogueKnowsTheModelsOfTheGateway() {
    assertThat(ShippedModels.catalogue().models().stream().map(ModelSpec::name))
        .contains("sora-2-pro", "sora-2", "grok-video-3", "remix", "veo2", "veo3.1-fast")
        .hasSize(22);
  }

  @Test
  void namesWithDotsAndUnderscoresKeepThem() {
    List<FieldSpec> fields =
        ShippedModels.catalogue()
            .find("veo3.1-fast")
            .orElseThrow()
            .fields(Operation.CREATE)
            .orElseThrow();

    assertThat(fields.stream().map(FieldSpec::name))
        .containsExactly("aspect_ratio", "enhance_prompt", "enable_upsample", "images");
  }

  @Test
  void aFieldHasAllThatTheFileSaysOfIt() {
    ModelSpec pro = ShippedModels.catalogue().find("sora-2-pro").orElseThrow();

    assertThat(pro.fields(Operation.CREATE).orElseThrow().get(3))
        .isEqualTo(
            new FieldSpec(
                "duration",
                FieldType.INTEGER,
                List.of("15", "25"),
                null,
                "15",
                FieldSpec.Presence.OPTIONAL));
    assertThat(pro.fields(Operation.EXTEND)).isEmpty();
  }

  @Test
  void oneEntryCanBeReplacedWithoutRepeatingTheRest() {
    Catalogue changed =
        ShippedModels.catalogue(
            Map.of("reelbatch.models.sora-2-pro.create.duration.fallback", "25"));

    assertThat(
            changed.find("sora-2-pro").orElseThrow().fields(Operation.CREATE).orElseThrow().stream()
                .filter(field -> field.name().equals("duration")))
        .singleElement()
        .satisfies(
            field -> {
              assertThat(field.fallback()).isEqualTo("25");
              assertThat(field.values()).containsExactly("15", "25");
            });
    assertThat(changed.digest()).isNotEqualTo(ShippedModels.catalogue().digest());
  }

  @Test
  void anEntrySaysWhereItsOrdersGo() {
    Catalogue changed =
        ShippedModels.catalogue(
            Map.of(
                "reelbatch.models.other.endpoint", "openai",
                "reelbatch.models.other.create.seconds.values", "4, 8"));

    assertThat(changed.find("other").orElseThrow().endpoint()).isEqualTo(Endpoint.OPENAI);
    assertThat(ShippedModels.catalogue().models())
        .allMatch(model -> model.endpoint() == Endpoint.UNIFIED);
  }

  @Test
  void aWrongEntryIsNamedWithWhatWouldBeRight() {
    assertWrong("sora-2-pro.create.duration.fallbak", "15")
        .contains("[sora-2-pro].create.[duration].fallbak: no such setting", "fallback");
    assertWrong("sora-2-pro.create.duration.fallback", "12")
        .contains("[sora-2-pro].create.[duration]", "'12'", "must be 15 or 25");
    assertWrong("sora-2-pro.create.duration.type", "number")
        .contains(".type: 'number' must be one of [text, integer, boolean, urls]");
    assertWrong("sora-2-pro.crate.size.type", "text")
        .contains("'crate' must be one of [create, remix, extend]");
    assertWrong("sora-2-pro.create.prompt.type", "text")
        .contains("[sora-2-pro]", "'prompt' cannot be a field");
    assertWrong("sora-2-pro.endpoint", "open")
        .contains("[sora-2-pro].endpoint: 'open' must be one of [unified, openai]");
    assertWrong("grok-video-3.endpoint", "openai")
        .contains("[grok-video-3]", "the endpoint openai has no extend");
    assertWrong("sora-2-pro.create.size", "large")
        .contains("[sora-2-pro].create.size: no such setting; there are [longest-prompt");
  }

  @Test
  void anEntryThatIsTheSameAsAnotherSaysOnlyWhatDiffers() {
    Catalogue catalogue =
        ShippedModels.catalogue(
            Map.of(
                "reelbatch.models.veo4.same-as", "veo3.1",
                "reelbatch.models.veo4.create.images.most", "5",
                "reelbatch.models.veo4.create.[aspect_ratio].fallback", "16:9"));

    List<FieldSpec> fields = fields(catalogue, "veo4");
    assertThat(fields.stream().map(FieldSpec::name))
        .containsExactly("aspect_ratio", "enhance_prompt", "enable_upsample", "images");
    assertThat(fields.get(0).values()).containsExactly("16:9", "9:16");
    assertThat(fields.get(0).fallback()).isEqualTo("16:9");
    assertThat(fields.get(3).most()).isEqualTo(5);
    assertThat(fields(catalogue, "veo3.1").get(3).most()).isNull();
  }

  @Test
  void whatIsKnownOfAModelStandsBesideItsFields() {
    Catalogue catalogue =
        ShippedModels.catalogue(
            Map.of(
                "reelbatch.models.veo3.retired", "2026-09-24",
                "reelbatch.models.veo3.successor", "veo3.1",
                "reelbatch.models.veo3.create.longest-prompt", "2000",
                "reelbatch.models.veo3.create.price", "0.30",
                "reelbatch.models.veo3.create.typical", "90s",
                "reelbatch.models.veo3.create.sources[0]", "sora-2",
                "reelbatch.models.veo3.create.sources[1]", "veo3"));
    ModelSpec veo = catalogue.find("veo3").orElseThrow();
    OperationSpec create = veo.operation(Operation.CREATE).orElseThrow();

    assertThat(veo.retirement()).isEqualTo(new Retirement(LocalDate.of(2026, 9, 24), "veo3.1"));
    assertThat(create.longestPrompt()).isEqualTo(2000);
    assertThat(create.price()).isEqualByComparingTo("0.30");
    assertThat(create.typical()).isEqualTo(Duration.ofSeconds(90));
    assertThat(create.sources()).containsExactly("sora-2", "veo3");
    assertThat(create.fields()).hasSize(4);
    // The end of one model is not the end of those that are like it; the rest is.
    ModelSpec fast = catalogue.find("veo3-fast").orElseThrow();
    assertThat(fast.retirement()).isNull();
    assertThat(fast.operation(Operation.CREATE)).contains(create);
  }

  @Test
  void theShippedCatalogueSaysWhichVideosAnOperationMayStartFrom() {
    Catalogue shipped = ShippedModels.catalogue();

    assertThat(operation(shipped, "grok-video-3", Operation.EXTEND).sources())
        .containsExactly("grok-video-3");
    assertThat(operation(shipped, "remix", Operation.REMIX).sources()).isEmpty();
    assertThat(operation(shipped, "sora-2", Operation.CREATE).sources()).isEmpty();
  }

  @Test
  void whatNobodyCanMeanIsRefusedWithItsPlace() {
    assertWrong("sora-2-pro.pirce", "1").contains("[sora-2-pro].pirce: no such setting", "retired");
    assertWrong("sora-2-pro.create.pirce", "1")
        .contains("[sora-2-pro].create.pirce: no such setting", "price");
    assertWrong("sora-2-pro.create.price", "much")
        .contains("[sora-2-pro].create.price: 'much' is no number");
    assertWrong("sora-2-pro.create.typical", "long").contains(".typical: 'long'");
    assertWrong("sora-2-pro.create.typical", "0s").contains("[sora-2-pro].create: ");
    assertWrong("sora-2-pro.create.longest-prompt", "0").contains("at least one character");
    assertWrong("sora-2-pro.create.price", "-1").contains("not negative");
    assertWrong("sora-2-pro.create.watermark.most", "1").contains("says nothing");
    assertWrong("sora-2-pro.retired", "soon").contains("'soon' is no day such as 2026-09-24");
    assertWrong("sora-2-pro.same-as", "sora-9").contains("there is no model 'sora-9'");
    assertWrong("sora-2-pro.same-as", "sora-2").contains("same as each other");
  }

  private static List<FieldSpec> fields(Catalogue catalogue, String model) {
    return operation(catalogue, model, Operation.CREATE).fields();
  }

  private static OperationSpec operation(Catalogue catalogue, String model, Operation operation) {
    return catalogue.find(model).orElseThrow().operation(operation).orElseThrow();
  }

  private static AbstractStringAssert<?> assertWrong(String property, String value) {
    var thrown =
        catchThrowableOfType(
            IllegalArgumentException.class,
            () -> ShippedModels.catalogue(Map.of("reelbatch.models." + property, value)));
    return assertThat(thrown.getMessage());
  }
}
