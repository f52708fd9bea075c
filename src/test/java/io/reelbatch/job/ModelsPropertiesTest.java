package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.reelbatch.model.Catalogue;
import io.reelbatch.model.Endpoint;
import io.reelbatch.model.FieldSpec;
import io.reelbatch.model.FieldType;
import io.reelbatch.model.ModelSpec;
import io.reelbatch.model.Operation;
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
        .contains("[sora-2-pro].create.[size]: 'large' stands where names should");
  }

  private static AbstractStringAssert<?> assertWrong(String property, String value) {
    var thrown =
        catchThrowableOfType(
            IllegalArgumentException.class,
            () -> ShippedModels.catalogue(Map.of("reelbatch.models." + property, value)));
    return assertThat(thrown.getMessage());
  }
}
