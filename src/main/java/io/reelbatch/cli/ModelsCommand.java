package io.reelbatch.cli;

import io.reelbatch.job.DeskException;
import io.reelbatch.job.KnownModel;
import io.reelbatch.job.ModelsDesk;
import io.reelbatch.model.FieldSpec;
import io.reelbatch.model.Operation;
import io.reelbatch.model.OperationSpec;
import io.reelbatch.model.Retirement;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Shows the catalogue. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the models of the catalogue: operations, fields, allowed values, what an empty cell sends,"
          + " limits, prices, and where each entry stands.",
      "Needs no key and no home."
    })
final class ModelsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "For programs.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      List<KnownModel> models = new ModelsDesk().list();
      if (json) {
        out.println(
            JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(models));
      } else {
        models.forEach(model -> print(model, out));
      }
      return 0;
    } catch (DeskException e) {
      spec.commandLine().getErr().println(ReelbatchCommand.phrases(spec).say(e.told()));
      return e.ending().code();
    }
  }

  private static void print(KnownModel model, PrintWriter out) {
    out.print(model.spec().name());
    Retirement end = model.spec().retirement();
    if (end != null) {
      out.print(", retired on " + end.day());
      out.print(end.successor() == null ? "" : ", use " + end.successor());
    }
    out.print(model.sameAs() == null ? "" : ", same as " + model.sameAs());
    out.println("   (" + String.join("; ", model.places()) + ")");
    model.spec().operations().forEach((operation, takes) -> print(operation, takes, out));
  }

  private static void print(Operation operation, OperationSpec takes, PrintWriter out) {
    List<String> facts = new ArrayList<>();
    if (takes.price() != null) {
      facts.add("price " + takes.price().toPlainString());
    }
    if (takes.typical() != null) {
      facts.add("takes about " + takes.typical().toSeconds() + " s");
    }
    if (takes.longestPrompt() != null) {
      facts.add("prompt of at most " + takes.longestPrompt() + " characters");
    }
    if (!takes.sources().isEmpty()) {
      facts.add("starts from a video of " + String.join(", ", takes.sources()));
    }
    out.println("  " + operation.word() + (facts.isEmpty() ? "" : ": " + String.join("; ", facts)));
    takes.fields().forEach(field -> out.printf("    %-16s %s%n", field.name(), facts(field)));
  }

  private static String facts(FieldSpec field) {
    StringBuilder facts = new StringBuilder(allowed(field));
    if (field.most() != null) {
      facts.append(", at most ").append(field.most());
    }
    if (field.fallback() != null) {
      facts.append("; empty: ").append(field.fallback().isEmpty() ? "none" : field.fallback());
    } else if (field.presence() == FieldSpec.Presence.REQUIRED) {
      facts.append("; required");
    }
    return facts.toString();
  }

  private static String allowed(FieldSpec field) {
    if (!field.allowed().isEmpty()) {
      return String.join(", ", field.allowed());
    }
    return switch (field.type()) {
      case TEXT, BOOLEAN -> field.like() == null ? "text" : "like " + field.like();
      case INTEGER -> "whole number";
      case URLS -> "http(s) addresses";
    };
  }
}
