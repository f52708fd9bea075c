package io.reelbatch.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.ContentHash;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderHashTest {

  private static final List<String> HEADINGS =
      List.of("prompt", "model", "duration", "orientation", "param.seed", "images");

  private enum Saved {
    PLAINLY,
    BY_A_SPREADSHEET
  }

  private CsvFiles files;

  @BeforeEach
  void setUp(@TempDir Path folder) {
    files = new CsvFiles(folder);
  }

  @Test
  void knownRowsKeepTheirHashForEver() {
    assertThat(hashes(files.read("prompt", "a red kite over snow")))
        .containsExactly("9c6c44c4e4d4ec7bb9a2");
    assertThat(
            hashes(
                files.read(
                    "prompt,model,operation,source,size,start_time,aspect_ratio,upscale,param.seed",
                    "雪中的红风筝,grok-video-3,extend,cat,720p,3,2:3,TRUE,7")))
        .containsExactly("4ca84a7bd47ca4cbf40d");
    assertThat(
            hashes(
                files.read(
                    "prompt,model,images,duration,watermark,private,orientation,param.enhance_prompt",
                    "\"two\nlines\",new,https://a.example/1 https://a.example/2,15,true,false,"
                        + "portrait,true")))
        .containsExactly("4ff9b9f4eb40d0e97c5b");
  }

  @Test
  void howAValueIsWrittenStaysPartOfWhatWasPaidFor() {
    // Read alike for the wire; but rows of this batch were paid for under these very hashes.
    assertThat(
            hashes(
                files.read(
                    "prompt,duration,orientation,watermark",
                    "p,15,portrait,true",
                    "p,15s,竖屏,是",
                    "p,15 s,vertical,yes",
                    "p,15秒,竖,1")))
        .containsExactly(
            "861d555dc37a2fb1248b",
            "f53a32737f2ce76f9a17",
            "78db1a16c0ca54c43020",
            "36e2bfcb06d98fa2766a");
  }

  @Test
  void aFieldThatTheCatalogueLearnsLaterChangesNoHash() {
    assertThat(hashes(files.read("prompt,enhance_prompt", "a red kite over snow,true")))
        .containsExactly("9c6c44c4e4d4ec7bb9a2");
  }

  @Test
  void whatAPersonOrASpreadsheetDoesToAFileChangesNoHash() {
    Random random = new Random(20260101);
    for (int round = 0; round < 60; round++) {
      List<List<String>> rows = randomRows(random);
      Map<String, ContentHash> before = byPrompt(write(HEADINGS, rows, Saved.PLAINLY));

      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < HEADINGS.size(); i++) {
        order.add(i);
      }
      Collections.shuffle(order, random);
      Collections.shuffle(rows, random);
      List<String> headings = new ArrayList<>(order.stream().map(HEADINGS::get).toList());
      List<List<String>> moved = new ArrayList<>();
      for (List<String> row : rows) {
        moved.add(new ArrayList<>(order.stream().map(row::get).toList()));
      }
      moved.add(random.nextInt(moved.size()), new ArrayList<>(Collections.nCopies(6, "")));
      moved.add(
          0, new ArrayList<>(headings.stream().map(h -> h.equals("prompt") ? "new" : "").toList()));
      headings.addAll(List.of("my own", "operation", "size", "id"));
      for (int i = 0; i < moved.size(); i++) {
        boolean empty = moved.get(i).stream().allMatch(String::isEmpty);
        moved
            .get(i)
            .addAll(
                empty
                    ? List.of("", "", "", "")
                    : List.of("x" + i, random.nextBoolean() ? "" : "Create", "", "id-" + i));
      }
      Map<String, ContentHash> after = byPrompt(write(headings, moved, Saved.BY_A_SPREADSHEET));

      after.remove("new");
      assertThat(after).isEqualTo(before);
    }
  }

  @Test
  void spellingsOfTheSameValueHashAlike() {
    assertSame("prompt,duration", "p,15", "p,１５", "p, 15 ", "p,15.0", "p,\"15\u3000\"");
    assertSame("prompt,watermark", "p,true", "p,TRUE", "p,ｔｒｕｅ");
    assertSame("prompt,orientation", "p,portrait", "p,Portrait");
    assertSame(
        "prompt,aspect_ratio,model",
        "p,2:3,grok-video-3",
        "p,2:03,grok-video-3",
        "p,02:03:00,grok-video-3");
    assertSame(
        "prompt,size,model", "p,720p,grok-video-3", "p,720P,grok-video-3", "p,７２０Ｐ,grok-video-3");
    assertSame("prompt,operation", "p,", "p,create", "p,CREATE");
    assertSame("prompt,param.x", "p,true", "p,TRUE");
    assertSame("prompt,param.enhance_prompt,model", "p,true,veo3", "p,TRUE,veo3");
    assertSame("prompt", "caf\u00e9", "cafe\u0301", "\u00a0caf\u00e9\u3000");
    assertSame(
        "prompt,images",
        "p,https://a.example/1|https://a.example/2",
        "p,\"https://a.example/1\nhttps://a.example/2\"",
        "p, https://a.example/1 ｜ https://a.example/2 ");
  }

  @Test
  void aliasesHashLikeTheNamesTheyStandFor() {
    List<String> hashes = new ArrayList<>();
    for (String header :
        List.of(
            "prompt,duration,aspect_ratio,images",
            "提示词,时长,宽高比,图片",
            "PROMPT,Seconds,Ratio,Image URL",
            "提示,秒数,比例,image_urls")) {
      hashes.addAll(hashes(files.read(header + ",model", "p,8,1:1,https://a.example/1,new")));
    }
    assertThat(hashes).hasSize(4).containsOnly(hashes.get(0));
  }

  @Test
  void whatAsksForSomethingElseHashesDifferently() {
    var read =
        files.read(
            "prompt,model,duration,param.seed,orientation",
            "a,,,,",
            "A,,,,",
            "a,sora-2-pro,,,",
            "a,sora-2,,,",
            "a,,15,,",
            "a,,25,,",
            "a,,,15,",
            "a,,,15.0,",
            "a,,,,portrait",
            "a b,,,,",
            "a  b,,,,");

    assertThat(hashes(read)).doesNotHaveDuplicates().hasSize(11);
  }

  private void assertSame(String header, String... rows) {
    List<String> lines = new ArrayList<>(List.of(header));
    lines.addAll(Arrays.asList(rows));
    assertThat(hashes(files.read(lines.toArray(String[]::new))))
        .hasSize(rows.length)
        .containsOnly(hashes(files.read(header, rows[0])).get(0));
  }

  private static List<List<String>> randomRows(Random random) {
    String[] words = {
      "kite", "\"quoted\"", "a, comma", "two\nlines", "back\\slash", "雪", "ü", "=1+1"
    };
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < 5 + random.nextInt(20); i++) {
      rows.add(
          List.of(
              i
                  + " "
                  + words[random.nextInt(words.length)]
                  + " "
                  + words[random.nextInt(words.length)],
              random.nextBoolean() ? "" : "sora-2-pro",
              random.nextBoolean() ? "" : "25",
              random.nextBoolean() ? "" : "landscape",
              random.nextBoolean() ? "" : Integer.toString(random.nextInt(100)),
              random.nextBoolean() ? "" : "https://a.example/" + i));
    }
    return rows;
  }

  private CsvFiles.Read write(List<String> headings, List<List<String>> rows, Saved saved) {
    String end = saved == Saved.BY_A_SPREADSHEET ? "\r\n" : "\n";
    StringBuilder text = new StringBuilder(saved == Saved.BY_A_SPREADSHEET ? "\uFEFF" : "");
    List<List<String>> all = new ArrayList<>(List.of(headings));
    all.addAll(rows);
    for (List<String> row : all) {
      text.append(
          String.join(
              ",",
              row.stream()
                  .map(
                      cell ->
                          saved == Saved.BY_A_SPREADSHEET || cell.matches("(?s).*[\",\n].*")
                              ? '"' + cell.replace("\"", "\"\"").replace("\n", end) + '"'
                              : cell)
                  .toList()));
      text.append(end);
    }
    return CsvFiles.read(files.write(text.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static Map<String, ContentHash> byPrompt(CsvFiles.Read read) {
    Map<String, ContentHash> hashes = new LinkedHashMap<>();
    read.orders().forEach(order -> hashes.put(order.order().prompt(), order.content()));
    assertThat(hashes).hasSize(read.lines().size());
    return hashes;
  }

  private static List<String> hashes(CsvFiles.Read read) {
    return read.orders().stream().map(order -> order.content().value()).toList();
  }
}
