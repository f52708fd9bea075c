package io.reelbatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CatalogueTest {

  private static final FieldSpec SIZE = FieldSpec.anyOf("size", FieldType.TEXT);
  private static final FieldSpec START = FieldSpec.anyOf("start_time", FieldType.INTEGER);
  private static final ModelSpec GROK =
      new ModelSpec(
          "grok", Map.of(Operation.CREATE, List.of(SIZE), Operation.EXTEND, List.of(START, SIZE)));
  private static final ModelSpec SORA =
      new ModelSpec("sora", Map.of(Operation.CREATE, List.of(SIZE)));

  @Test
  void modelsAreFoundByTheirExactName() {
    Catalogue catalogue = new Catalogue(List.of(SORA, GROK));

    assertThat(catalogue.find("grok")).contains(GROK);
    assertThat(catalogue.find("Grok")).isEmpty();
    assertThat(catalogue.modelsFor(Operation.CREATE)).containsExactly("grok", "sora");
    assertThat(catalogue.modelsFor(Operation.EXTEND)).containsExactly("grok");
    assertThat(catalogue.modelsFor(Operation.REMIX)).isEmpty();
    assertThat(catalogue.fieldTypes())
        .containsOnly(
            Map.entry("size", FieldType.TEXT), Map.entry("start_time", FieldType.INTEGER));
    assertThat(SORA.fields(Operation.EXTEND)).isEmpty();
  }

  @Test
  void theDigestChangesWithEveryDetailButNotWithTheOrderOfModels() {
    Set<String> digests = new HashSet<>();
    List<FieldSpec> variants =
        List.of(
            SIZE,
            FieldSpec.anyOf("size", FieldType.URLS),
            FieldSpec.anyOf("sizes", FieldType.TEXT),
            spec(List.of("a"), null, null, FieldSpec.Presence.OPTIONAL),
            spec(List.of("a"), null, "a", FieldSpec.Presence.OPTIONAL),
            spec(List.of("a", "b"), null, "a", FieldSpec.Presence.OPTIONAL),
            spec(List.of(), "1x1", null, FieldSpec.Presence.OPTIONAL),
            spec(List.of(), null, null, FieldSpec.Presence.REQUIRED));
    for (FieldSpec variant : variants) {
      for (Operation operation : Operation.values()) {
        digests.add(
            new Catalogue(List.of(GROK, new ModelSpec("m", Map.of(operation, List.of(variant)))))
                .digest());
      }
    }

    assertThat(digests).hasSize(variants.size() * Operation.values().length);
    assertThat(new Catalogue(List.of(SORA, GROK)).digest())
        .isEqualTo(new Catalogue(List.of(GROK, SORA)).digest())
        .hasSize(64)
        .isNotEqualTo(new Catalogue(List.of(GROK)).digest());
  }

  @Test
  void itKnowsWhatItsModelsCostHowLongTheyTakeAndWhenTheyEnd() {
    OperationSpec create =
        new OperationSpec(
            List.of(SIZE), null, List.of(), new BigDecimal("0.5"), Duration.ofSeconds(90));
    ModelSpec veo =
        new ModelSpec(
            "veo",
            Map.of(Operation.CREATE, create),
            Endpoint.UNIFIED,
            new Retirement(LocalDate.of(2027, 1, 1), null));
    ModelSpec remix =
        new ModelSpec(
            "remix",
            Map.of(
                Operation.REMIX,
                new OperationSpec(List.of(), null, List.of(), null, Duration.ofSeconds(60))),
            Endpoint.UNIFIED,
            null);
    Catalogue catalogue = new Catalogue(List.of(SORA, veo, remix));

    assertThat(catalogue.prices())
        .containsExactly(new PriceRule("veo", Operation.CREATE, null, null, new BigDecimal("0.5")));
    assertThat(catalogue.typical(new Effort("create veo"))).contains(Duration.ofSeconds(90));
    assertThat(catalogue.typical(new Effort("create veo 8"))).contains(Duration.ofSeconds(90));
    assertThat(catalogue.typical(new Effort("remix"))).contains(Duration.ofSeconds(60));
    assertThat(catalogue.typical(new Effort("create veo3"))).isEmpty();
    assertThat(catalogue.typical(new Effort("extend veo"))).isEmpty();
    assertThat(catalogue.typical(new Effort("create sora"))).isEmpty();
    assertThat(catalogue.retiredOn(LocalDate.of(2026, 12, 31))).isEmpty();
    assertThat(catalogue.retiredOn(LocalDate.of(2027, 1, 1))).containsExactly(veo);
    assertThat(catalogue.digest()).isNotEqualTo(new Catalogue(List.of(SORA, remix)).digest());
  }

  @Test
  void whatCannotBeMeantIsRefused() {
    assertThatThrownBy(() -> new Catalogue(List.of(SORA, SORA)))
        .hasMessage("the model 'sora' is there twice");
    assertThatThrownBy(() -> new ModelSpec("m", Map.of(Operation.CREATE, List.of(SIZE, SIZE))))
        .hasMessage("m: the field 'size' is there twice");
    for (String taken : List.of("prompt", "model", "task_id", "id", "operation", "source")) {
      FieldSpec field = FieldSpec.anyOf(taken, FieldType.TEXT);
      assertThatThrownBy(() -> new ModelSpec("m", Map.of(Operation.CREATE, List.of(field))))
          .hasMessageContaining("'" + taken + "' cannot be a field");
    }
  }

  private static FieldSpec spec(
      List<String> values,
      @Nullable String like,
      @Nullable String fallback,
      FieldSpec.Presence presence) {
    return new FieldSpec("size", FieldType.TEXT, values, like, fallback, presence);
  }
}
