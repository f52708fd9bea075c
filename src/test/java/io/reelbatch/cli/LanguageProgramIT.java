package io.reelbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The language changes what people read, and nothing else. */
class LanguageProgramIT {

  @TempDir Path folder;
  private Path csv;

  @BeforeEach
  void aFile() throws Exception {
    csv = Files.writeString(folder.resolve("shots.csv"), "prompt\none\ntwo [sim:fail]\n");
  }

  @Test
  void figuresForProgramsAndExitCodesAreTheSame() throws Exception {
    assertThat(said(3, "run", csv.toString(), "--lang", "zh")).contains("共 2 行：1 条已完成，1 条失败");
    assertThat(said(3, "run", csv.toString(), "--lang", "en")).contains("2 lines: 1 succeeded");

    for (String command : new String[] {"batches", "models"}) {
      assertThat(timeless(said(0, command, "--json", "--lang", "zh")))
          .isNotEmpty()
          .isEqualTo(timeless(said(0, command, "--json", "--lang=en")));
    }
  }

  @Test
  void mistakesAreToldInChinese() throws Exception {
    Files.writeString(csv, "编号,提示词,时长,操作\na,一只风筝,7,\na,,15,\nb,海边,15,remx\n");
    try (Program check = simulated("check", csv.toString(), "--lang", "zh")) {
      assertThat(check.exit()).isEqualTo(4);
      assertThat(check.out())
          .contains(
              "第 2 行，时长 列，“7”：必须是 15 或 25；是不是“15”？",
              "第 3 行，提示词 列：没有填写；请写明视频要拍什么",
              "第 3 行，编号 列，“a”：第 2 行已经用了这个 id",
              "第 4 行，操作 列，“remx”：必须是 create 或 remix 或 extend；是不是“remix”？")
          .doesNotContain("line ", "must be");
    }
    try (Program run = simulated("run", csv.toString(), "--lang", "zh")) {
      assertThat(run.exit()).isEqualTo(4);
      assertThat(run.err()).contains("第 2 行，时长 列", "没有发送任何请求");
    }
    assertThat(Files.readString(folder.resolve("shots-simulated-results/errors.csv")))
        .contains("file,line,column", "必须是 15 或 25");
    Files.writeString(csv, "标题\n编号,提示词\na,一只风筝\n");
    assertRefused("第 1 行：看起来第 2 行才是列名（编号、提示词）", 4, "check", csv.toString());
    assertRefused("没有文件 ", 2, "run", folder.resolve("nothing.csv").toString());
    assertRefused("没有这个选项：--rat", 2, "run", csv.toString(), "--rat=1/s");
    assertRefused("--deadline 不能这样写：“soon”不是时长", 2, "run", csv.toString(), "--deadline=soon");
    assertRefused("--in-doubt 不能这样写：“x”不行，可以是 keep, resubmit", 2, "run", "x.csv", "--in-doubt=x");
    assertRefused("--out 不能这样写：路径不能为空", 2, "run", csv.toString(), "--out=");
    assertRefused("缺少：FILE", 2, "run");
    assertRefused("“fast”不是速度", 2, "run", csv.toString(), "--rate=fast");
    assertRefused(
        "没有设置 reelbatch.poll.intervl；是不是 reelbatch.poll.interval",
        2,
        "run",
        csv.toString(),
        "--set=reelbatch.poll.intervl=3s");
    assertRefused("里没有批次 nobody", 2, "doubt", "list", "--batch=nobody");
  }

  private void assertRefused(String words, int code, String... arguments) throws Exception {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = "--lang=zh";
    try (Program program = simulated(all)) {
      assertThat(program.exit()).isEqualTo(code);
      assertThat(program.out() + program.err()).contains(words).doesNotContain("Nothing was");
    }
  }

  @Test
  void theEnvironmentSaysItToo() throws Exception {
    try (Program help =
        Program.start(folder, Map.of("REELBATCH_LANG", "zh_CN.UTF-8"), "run", "--help")) {
      assertThat(help.exit()).isZero();
      assertThat(help.out()).contains("用法：reelbatch run");
    }
  }

  @Test
  void aQuietRunSaysNothingWhileAllIsWellAndElseWhatAPersonMustKnow() throws Exception {
    Path good = Files.writeString(folder.resolve("good.csv"), "prompt\none\n");
    assertThat(said(0, "run", good.toString(), "--quiet")).isEmpty();
    assertThat(said(0, "run", good.toString(), "--quiet")).isEmpty();

    try (Program run = simulated("run", csv.toString(), "--quiet", "--lang", "en")) {
      assertThat(run.exit()).isEqualTo(3);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).contains("1 failed", "report.html");
    }
    try (Program again = simulated("run", csv.toString(), "--quiet", "--lang", "en")) {
      assertThat(again.exit()).as("the old failure is still in the sheet").isEqualTo(3);
      assertThat(again.out() + again.err()).isEmpty();
    }
  }

  private static String timeless(String json) {
    return json.replaceAll("(\"at\" : )\"[^\"]*\"", "$1");
  }

  private String said(int code, String... arguments) throws InterruptedException {
    try (Program program = simulated(arguments)) {
      assertThat(program.exit()).as(program.err()).isEqualTo(code);
      assertThat(program.err()).doesNotContain("ERROR");
      return program.out() + (code == 0 ? program.err() : "");
    }
  }

  private Program simulated(String... arguments) {
    boolean hasHome = !arguments[0].equals("models");
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + (hasHome ? 3 : 0));
    if (hasHome) {
      all[arguments.length] = "--simulate";
      all[arguments.length + 1] = "--home";
      all[arguments.length + 2] = folder.resolve("home").toString();
    }
    return Program.start(folder, Map.of(), all);
  }
}
