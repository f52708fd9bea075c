package io.reelbatch.cli;

import io.reelbatch.model.Language;
import io.reelbatch.model.Message;
import io.reelbatch.model.OneLine;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Says what is wrong with a command line in a line or two: the whole help would push them off the
 * screen. What picocli says is English, so in Chinese it is said anew.
 */
final class Mistakes implements CommandLine.IParameterExceptionHandler {

  /** What a command finds wrong itself, in the language of this command line. */
  static ParameterException of(CommandLine line, Message message) {
    return new Mistake(line, ReelbatchCommand.phrases(line.getCommandSpec()).say(message));
  }

  @Override
  public int handleParseException(ParameterException mistake, String[] args) {
    CommandLine line = mistake.getCommandLine();
    PrintWriter err = line.getErr();
    Phrases phrases = ReelbatchCommand.phrases(line.getCommandSpec());
    err.println(line.getColorScheme().errorText(OneLine.of(text(mistake, phrases.language()))));
    if (mistake instanceof CommandLine.UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      err.println(
          phrases.say(
              Message.of("Possible solutions: {0}", Message.all(unmatched.getSuggestions()))));
    }
    if (line.getParent() == null) {
      line.usage(err);
    } else {
      err.println(phrases.say("usage", line.getCommandSpec().qualifiedName(" ")));
    }
    return line.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static String text(ParameterException mistake, Language language) {
    ArgSpec argument = mistake.getArgSpec();
    if (argument != null && argument.typeInfo().isMap()) {
      return Message.of(
              "{0} takes NAME=VALUE, such as --set reelbatch.poll.interval=20s. Nothing was sent",
              name(argument))
          .in(language);
    }
    return language == Language.EN || mistake instanceof Mistake
        ? String.valueOf(mistake.getMessage())
        : ofPicocli(mistake).in(language);
  }

  private static Message ofPicocli(ParameterException mistake) {
    if (mistake instanceof CommandLine.UnmatchedArgumentException unmatched) {
      List<String> words = unmatched.getUnmatched();
      return unmatched.isUnknownOption()
          ? Message.of("there is no such option: {0}", Message.all(words))
          : Message.of("that is not understood: {0}", Message.all(words));
    } else if (mistake instanceof CommandLine.MissingParameterException missing) {
      return Message.of(
          "this is missing: {0}",
          Message.all(missing.getMissing().stream().map(Mistakes::name).toList()));
    } else if (mistake instanceof CommandLine.OverwrittenOptionException twice) {
      return Message.of("{0} is there twice", name(twice.getOverwritten()));
    }
    ArgSpec argument = mistake.getArgSpec();
    if (argument == null) {
      return Message.verbatim(String.valueOf(mistake.getMessage()));
    }
    return Message.of("{0} cannot be so: {1}", name(argument), why(mistake, argument));
  }

  private static Message why(ParameterException mistake, ArgSpec argument) {
    Throwable cause = mistake.getCause();
    if (argument.type().isEnum()) {
      return Message.of(
          "'{0}' is none of {1}",
          String.valueOf(mistake.getValue()),
          Arrays.stream(argument.type().getEnumConstants())
              .map(each -> each.toString().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", ")));
    }
    return cause instanceof Unconvertible told
        ? Message.verbatim(String.valueOf(told.getMessage()))
        : Message.of("'{0}'", String.valueOf(mistake.getValue()));
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  /** Said in the right language already. */
  private static final class Mistake extends ParameterException {

    private static final long serialVersionUID = 1L;

    Mistake(CommandLine line, String message) {
      super(line, message);
    }
  }

  /** A word that cannot be what it should; said in the right language already. */
  static final class Unconvertible extends CommandLine.TypeConversionException {

    private static final long serialVersionUID = 1L;

    Unconvertible(String message) {
      super(message);
    }
  }
}
