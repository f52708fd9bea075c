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
        Phrases phrases = ReelbatchCommand.phrases(spec);
        models.forEach(model -> print(model, phrases, out));
      }
      return 0;
    } catch (DeskException e) {
      spec.commandLine().getErr().println(ReelbatchCommand.phrases(spec).say(e.told()));
      return e.ending().code();
    }
  }

  private static void print(KnownModel model, Phrases phrases, PrintWriter out) {
    List<String> facts = new ArrayList<>();
    facts.add(model.spec().name());
    Retirement end = model.spec().retirement();
    if (end != null) {
      facts.add(phrases.say("models.retired", end.day().toString()));
      if (end.successor() != null) {
        facts.add(phrases.say("models.use", end.successor()));
      }
    }
    if (model.sameAs() != null) {
      facts.add(phrases.say("models.same", model.sameAs()));
    }
    out.println(phrases.join(facts) + "   (" + String.join("; ", model.places()) + ")");
    model.spec().operations().forEach((operation, takes) -> print(operation, takes, phrases, out));
  }

  private static void print(
      Operation operation, OperationSpec takes, Phrases phrases, PrintWriter out) {
    List<String> facts = new ArrayList<>();
    if (takes.price() != null) {
      facts.add(phrases.say("models.price", takes.price().toPlainString()));
    }
    if (takes.typical() != null) {
      facts.add(phrases.say("models.takes", phrases.time(takes.typical())));
    }
    if (takes.longestPrompt() != null) {
      facts.add(phrases.say("models.prompt", takes.longestPrompt()));
    }
    if (!takes.sources().isEmpty()) {
      facts.add(phrases.say("models.sources", String.join(", ", takes.sources())));
    }
    out.println("  " + operation.word() + (facts.isEmpty() ? "" : ": " + String.join("; ", facts)));
    takes
        .fields()
        .forEach(field -> out.printf("    %-16s %s%n", field.name(), facts(field, phrases)));
  }

  private static String facts(FieldSpec field, Phrases phrases) {
    List<String> facts = new ArrayList<>();
    facts.add(allowed(field, phrases));
    if (field.most() != null) {
      facts.add(phrases.say("models.most", field.most()));
    }
    if (field.fallback() != null) {
      facts.add(
          field.fallback().isEmpty()
              ? phrases.say("models.empty.none")
              : phrases.say("models.empty", field.fallback()));
    } else if (field.presence() == FieldSpec.Presence.REQUIRED) {
      facts.add(phrases.say("models.required"));
    }
    return String.join("; ", facts);
  }

  private static String allowed(FieldSpec field, Phrases phrases) {
    if (!field.allowed().isEmpty()) {
      return String.join(", ", field.allowed());
    }
    return switch (field.type()) {
      case TEXT, BOOLEAN ->
          field.like() == null
              ? phrases.say("models.text")
              : phrases.say("models.like", field.like());
      case INTEGER -> phrases.say("models.whole");
      case URLS -> phrases.say("models.urls");
    };
  }
}
