package io.reelbatch.model;

import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/**
 * One field of a request as the catalogue knows it.
 *
 * @param name the field's name on the wire, which is also the column's name
 * @param values what is allowed, in the wire's own spelling; empty when anything of the type is
 * @param like an example such as {@code 1280x720}: a cell must have digits where it has digits and
 *     the same characters elsewhere; null when nothing of the kind is asked
 * @param fallback what is sent when the cell is empty, written as in a cell; null when nothing is
 * @param most how many characters of a text, or addresses, or up to which number; null when no
 *     limit is known
 */
public record FieldSpec(
    String name,
    FieldType type,
    List<String> values,
    @Nullable String like,
    @Nullable String fallback,
    Presence presence,
    @Nullable Integer most) {

  /** Whether a request can do without the field. */
  public enum Presence {
    /** The cell must be filled, or there must be a fallback. */
    REQUIRED,
    /** Sent when the cell is filled or there is a fallback. */
    OPTIONAL
  }

  /** What became of a cell. */
  public sealed interface Reading {
    /** The cell is right; this is sent. */
    record Value(JsonNode json) implements Reading {}

    /**
     * The cell is wrong.
     *
     * @param problem says what would be right
     * @param allowed the values of which it must be one; empty when they cannot be listed
     */
    record Wrong(Message problem, List<String> allowed) implements Reading {
      Wrong(Message problem) {
        this(problem, List.of());
      }
    }
  }

  private static final Pattern WHOLE = Pattern.compile("0*(\\d+)(?:\\.0*)?");
  private static final Pattern RATIO = Pattern.compile("0*(\\d+):0*(\\d+)(?::00)?");
  private static final Pattern BETWEEN_URLS = Pattern.compile("[|｜\\s\\u00A0\\u3000]+");
  private static final List<String> TRUTHS = List.of("true", "false");
  private static final int FULL_WIDTH = '！' - '!';

  /**
   * A field of a request, checked for sense.
   *
   * @throws IllegalArgumentException if an allowed value or the fallback is not of the type, or the
   *     fallback is not allowed; the message says which
   */
  public FieldSpec {
    values = List.copyOf(values);
    for (String value : values) {
      if (typed(type, value) instanceof Reading.Wrong wrong) {
        throw new NotAllowedException(
            Message.of("the allowed value '{0}' of {1} {2}", value, name, wrong.problem()));
      }
    }
    if (most != null && (most < 1 || type == FieldType.BOOLEAN)) {
      throw new NotAllowedException(Message.of("the limit of {0} says nothing: {1}", name, most));
    }
    if (fallback != null
        && reading(type, values, like, most, fallback) instanceof Reading.Wrong wrong) {
      throw new NotAllowedException(
          Message.of("the fallback '{0}' of {1} {2}", fallback, name, wrong.problem()));
    }
  }

  /** A field without a limit. */
  public FieldSpec(
      String name,
      FieldType type,
      List<String> values,
      @Nullable String like,
      @Nullable String fallback,
      Presence presence) {
    this(name, type, values, like, fallback, presence, null);
  }

  /** A field of which only the type is known. */
  public static FieldSpec anyOf(String name, FieldType type) {
    return new FieldSpec(name, type, List.of(), null, null, Presence.OPTIONAL);
  }

  /**
   * A cell as it is compared: half-width, lower case, and without what spreadsheets make of numbers
   * and ratios ({@code 15.0}, {@code 2:03}).
   *
   * <p>Row identities are made of it. Any change here, however small, makes paid rows look new.
   */
  public static String folded(String cell) {
    String text = halfWidth(cell).toLowerCase(Locale.ROOT);
    Matcher whole = WHOLE.matcher(text);
    if (whole.matches()) {
      return whole.group(1);
    }
    Matcher ratio = RATIO.matcher(text); // Excel takes 2:3 for a time and saves 2:03
    return ratio.matches() ? ratio.group(1) + ":" + ratio.group(2) : text;
  }

  /** A text with the letters, digits and signs of a Chinese keyboard as the usual ones. */
  public static String halfWidth(String text) {
    StringBuilder half = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      half.append(c >= '！' && c <= '～' ? (char) (c - FULL_WIDTH) : c);
    }
    return half.toString();
  }

  /**
   * A cell as a plain keyboard would have written it: half-width, without quotation marks around it
   * and without what nobody sees. Only for what is sent: row identities know nothing of it.
   */
  public static String plain(String cell) {
    return Spelling.plain(cell);
  }

  /**
   * The cell as it is sent, in the wire's own spelling: {@code 720p} becomes {@code 720P}, {@code
   * 15 s} becomes 15.
   *
   * @param cell without white space around it
   */
  public Reading read(String cell) {
    return reading(type, values, like, most, cell);
  }

  private static Reading reading(
      FieldType type,
      List<String> values,
      @Nullable String like,
      @Nullable Integer most,
      String cell) {
    if (!values.isEmpty()) {
      return allowed(values, cell)
          .map(value -> typed(type, value))
          .orElseGet(() -> oneOf(distinct(values)));
    }
    if (like != null) {
      String folded = Spelling.times(folded(Spelling.plain(cell)));
      return shapeOf(like).matcher(folded).matches()
          ? typed(type, folded)
          : new Reading.Wrong(Message.of("must look like {0}", like));
    }
    Reading reading = typed(type, cell);
    return most != null && reading instanceof Reading.Value value && amount(value.json()) > most
        ? new Reading.Wrong(tooMuch(type, most, value.json()))
        : reading;
  }

  /** As it stands first: the gateway may spell one value in two ways. */
  private static Optional<String> allowed(List<String> values, String cell) {
    return Stream.<UnaryOperator<String>>of(
            UnaryOperator.identity(), FieldSpec::folded, Spelling::loose)
        .flatMap(
            spelling ->
                values.stream()
                    .filter(value -> spelling.apply(value).equals(spelling.apply(cell)))
                    .limit(1))
        .findFirst();
  }

  /** What can be written, each once; empty when it cannot be listed. */
  public List<String> allowed() {
    return values.isEmpty() && type == FieldType.BOOLEAN ? TRUTHS : distinct(values);
  }

  private static List<String> distinct(List<String> values) {
    Map<String, String> first = new LinkedHashMap<>();
    values.forEach(value -> first.putIfAbsent(folded(value), value));
    return List.copyOf(first.values());
  }

  private static double amount(JsonNode value) {
    if (value.isNumber()) {
      return value.asDouble();
    }
    return value.isArray() ? value.size() : characters(value.asString());
  }

  private static Message tooMuch(FieldType type, int most, JsonNode value) {
    return switch (type) {
      case URLS -> Message.of("holds {0} addresses; at most {1} are taken", value.size(), most);
      case INTEGER, BOOLEAN -> Message.of("must be {0} at most", most);
      case TEXT ->
          Message.of(
              "has {0} characters; at most {1} are taken", characters(value.asString()), most);
    };
  }

  /** How long a text is as people count: an emoji is one. */
  public static int characters(String text) {
    return text.codePointCount(0, text.length());
  }

  private static Reading typed(FieldType type, String cell) {
    return switch (type) {
      case TEXT -> new Reading.Value(StringNode.valueOf(cell));
      case INTEGER -> integer(Spelling.number(cell));
      case BOOLEAN -> bool(cell);
      case URLS -> urls(cell);
    };
  }

  private static Reading integer(String folded) {
    if (!WHOLE.matcher(folded).matches()) {
      return new Reading.Wrong(Message.of("must be a whole number, 0 or more"));
    }
    JsonNode exact = BigIntegerNode.valueOf(new BigInteger(folded));
    return new Reading.Value(exact.canConvertToInt() ? IntNode.valueOf(exact.asInt()) : exact);
  }

  private static Reading bool(String cell) {
    return Spelling.truth(cell)
        .<Reading>map(truth -> new Reading.Value(BooleanNode.valueOf(truth)))
        .orElseGet(() -> oneOf(TRUTHS));
  }

  private static Reading oneOf(List<String> allowed) {
    return new Reading.Wrong(Message.of("must be {0}", Message.anyOf(allowed)), allowed);
  }

  private static Reading urls(String cell) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (String written : Spelling.addresses(cell)) {
      String url = isWebAddress(written) ? written : Spelling.plain(written);
      if (!isWebAddress(url)) {
        return new Reading.Wrong(
            Message.of(
                "holds '{0}', which is no http(s) address; spaces and | separate several addresses,"
                    + " and each is whole (a space within one is %20)",
                written));
      }
      array.add(url);
    }
    return new Reading.Value(array);
  }

  /**
   * The addresses in a cell, in their order.
   *
   * <p>Row identities are made of it. Any change here, however small, makes paid rows look new.
   */
  public static List<String> splitUrls(String cell) {
    return BETWEEN_URLS.splitAsStream(cell).filter(url -> !url.isEmpty()).toList();
  }

  private static boolean isWebAddress(String url) {
    try {
      URI uri = new URI(url);
      return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
          && uri.getRawAuthority() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static Pattern shapeOf(String like) {
    StringBuilder shape = new StringBuilder();
    Matcher run = Pattern.compile("\\d+|\\D+").matcher(folded(like));
    while (run.find()) {
      String part = run.group();
      shape.append(Character.isDigit(part.charAt(0)) ? "\\d+" : Pattern.quote(part));
    }
    return Pattern.compile(shape.toString());
  }
}
