package io.reelbatch.csv;

import io.reelbatch.model.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a person should look at although it stops nothing, each matter once. */
final class Warnings {

  private final Set<String> matters = new HashSet<>();
  private final List<Message> texts = new ArrayList<>();

  /** Keeps the text, unless the matter was warned of before. */
  void once(String matter, Message text) {
    if (matters.add(matter)) {
      texts.add(text);
    }
  }

  List<Message> texts() {
    return List.copyOf(texts);
  }
}
