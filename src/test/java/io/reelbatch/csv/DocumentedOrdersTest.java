package io.reelbatch.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.Operation;
import io.reelbatch.model.Order;
import io.reelbatch.model.SourceRef;
import io.reelbatch.model.TaskId;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The examples of the gateway's pages, field by field. */
class DocumentedOrdersTest {

  private CsvFiles files;

  @BeforeEach
  void setUp(@TempDir Path folder) {
    files = new CsvFiles(folder);
  }

  @Test
  void theCreationOfThePageOnSoraPro() {
    var read =
        files.read(
            "prompt,model,orientation,size,duration,watermark,private",
            "make animate,sora-2-pro,portrait,large,15,false,true");

    assertThat(read.order().operation()).isEqualTo(Operation.CREATE);
    assertThat(read.order().model()).isEqualTo("sora-2-pro");
    assertThat(read.order().prompt()).isEqualTo("make animate");
    assertFields(
        read.order(),
        "{'images':[],'orientation':'portrait','size':'large','duration':15,'watermark':false,"
            + "'private':true}");
  }

  @Test
  void aCreationWithoutOptionsSendsEveryFieldWithItsDefault() {
    assertFields(
        files.read("prompt", "a kite").order(),
        "{'images':[],'orientation':'portrait','size':'large','duration':15,'watermark':true,"
            + "'private':false}");
    assertFields(
        files.read("prompt,model", "a kite,sora-2").order(),
        "{'images':[],'orientation':'portrait','size':'small','duration':10,'watermark':true,"
            + "'private':false}");
  }

  @Test
  void theExtensionOfThePageOnGrok() {
    var read =
        files.read(
            "operation,prompt,task_id,size,start_time,upscale",
            "extend,play with another white cat,grok:7fd641dc,1080p,3,false");

    assertThat(read.order().model()).isEqualTo("grok-video-3");
    assertThat(read.orders().get(0).source())
        .isEqualTo(new SourceRef.OfTask(new TaskId("grok:7fd641dc")));
    assertFields(read.order(), "{'start_time':3,'size':'1080p','upscale':false}");
  }

  @Test
  void valuesMayBeWrittenAsPeopleWriteThem() {
    String sent =
        "{'images':[],'orientation':'portrait','size':'large','duration':25,'watermark':true,"
            + "'private':false}";
    for (String cells :
        new String[] {
          "portrait,large,25,true,false",
          "竖屏,LARGE,25s,TRUE,no",
          "vertical,large,２５秒,yes,0",
          "Portrait,large,25 s,是,否",
          "竖,large,25.0,1,关"
        }) {
      assertFields(
          files
              .read("prompt,model,orientation,size,duration,watermark,private", "p,," + cells)
              .order(),
          sent);
    }
  }

  @Test
  void aWrongValueIsToldWithTheNearestThatIsAllowed() {
    assertProblem("prompt,duration", "p,12", "must be 15 or 25; did you mean '15'?");
    assertProblem("prompt,duration", "p,30s", "must be 15 or 25; did you mean '25'?");
    assertProblem(
        "prompt,orientation",
        "p,portait",
        "must be portrait or landscape; did you mean 'portrait'?");
    assertProblem("prompt,orientation", "p,方", "must be portrait or landscape");
    assertProblem(
        "prompt,model,size", "p,grok-video-3,480p", "must be 720P or 1080P; did you mean '720P'?");
    assertProblem("prompt,model,aspect_ratio", "p,veo3,4:3", "must be 16:9 or 9:16");
  }

  private void assertProblem(String header, String row, String problem) {
    assertThat(files.read(header, row).errors()).singleElement().asString().endsWith(problem);
  }

  @Test
  void theRemixOfThePageOnEditing() {
    var read = files.read("operation,prompt,source,size", "remix,画面更精细一些,video_099c5197,1280x720");

    assertThat(read.order().model()).isNull();
    assertThat(read.order().prompt()).isEqualTo("画面更精细一些");
    assertFields(read.order(), "{'size':'1280x720'}");
    assertFields(files.read("operation,prompt,source", "remix,finer,kite").order(), "{}");
  }

  @Test
  void fieldsThatOnlyTheCatalogueKnowsAreParamsThatItChecks() {
    assertFields(
        files
            .read(
                "prompt,model,Aspect Ratio,param.enhance_prompt,images",
                "a kite,veo3.1-fast,16:9,TRUE,https://a.example/1.png|http://b.example/2?x=1")
            .order(),
        "{'aspect_ratio':'16:9','enhance_prompt':true,"
            + "'images':['https://a.example/1.png','http://b.example/2?x=1']}");
  }

  @Test
  void anUnknownModelIsSentWhatIsGivenInItsNaturalType() {
    var read =
        files.read(
            "prompt,model,duration,size,watermark,images,param.enhance_prompt,param.seed,param.mode",
            "a kite,sora-3,８,huge,True,https://a.example/1.png,false,7,fast",
            "a boat,sora-3,,,,,,,");

    assertFields(
        read.order(),
        "{'images':['https://a.example/1.png'],'size':'huge','duration':8,'watermark':true,"
            + "'enhance_prompt':false,'seed':7,'mode':'fast'}");
    assertFields(read.orders().get(1).order(), "{}");
    assertThat(read.warnings())
        .singleElement()
        .asString()
        .contains("line 2", "'sora-3'", "nobody checks", "did you mean 'sora-2'?");
  }

  @Test
  void whereUnknownModelsAreRefusedTheNearestKnownOneIsNamed() {
    var strict =
        new OrderDefaults("sora-2-pro", "grok-video-3", OrderDefaults.UnknownModels.REFUSE);

    assertThat(files.read(strict, "prompt,model", "a,sora-3", "b,whatever", "c,sora-2").errors())
        .containsExactly(
            "line 2, column model, \"sora-3\": is not in the catalogue (--strict-models); did you"
                + " mean 'sora-2'?",
            "line 3, column model, \"whatever\": is not in the catalogue (--strict-models)");
  }

  @Test
  void paramsAreJsonWhereTheyAreJsonAndTextElsewhere() {
    assertFields(
        files
            .read(
                "prompt,param.a,param.b,param.c,PARAM.D,param.e,param.f,param.g",
                "p,1.50,TRUE,\"[1,{\"\"x\"\":null}]\",007,\"\"\"5\"\"\",1 2,")
            .order()
            .fields(),
        "{'images':[],'orientation':'portrait','size':'large','duration':15,'watermark':true,"
            + "'private':false,'a':1.50,'b':true,'c':[1,{'x':null}],'D':'007','e':'5','f':'1 2'}");
  }

  private static void assertFields(Order order, String expected) {
    assertFields(order.fields(), expected);
  }

  private static void assertFields(Map<String, JsonNode> fields, String expected) {
    assertThat(new JsonMapper().writeValueAsString(fields)).isEqualTo(expected.replace('\'', '"'));
  }
}
