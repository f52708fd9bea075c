package io.reelbatch.job;

import io.reelbatch.report.ReportExtra;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is written for spreadsheets.
 *
 * @param bom whether results.csv, failed.csv and errors.csv begin with the byte order mark by which
 *     Excel knows that they are UTF-8
 * @param xlsx whether results.xlsx is written as well; where one is there already, it always is
 */
@ConfigurationProperties(prefix = "reelbatch.report", ignoreUnknownFields = false)
public record ReportProperties(
    @DefaultValue("false") boolean bom, @DefaultValue("false") boolean xlsx) {

  Set<ReportExtra> extras() {
    Set<ReportExtra> extras = EnumSet.noneOf(ReportExtra.class);
    if (bom) {
      extras.add(ReportExtra.BYTE_ORDER_MARK);
    }
    if (xlsx) {
      extras.add(ReportExtra.WORKBOOK);
    }
    return extras;
  }
}
