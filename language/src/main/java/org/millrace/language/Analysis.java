package org.millrace.language;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serializable;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.cn.smart.SmartChineseAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;

/** How a text is cut into words, by the analyzers of Lucene. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Analysis.English.class, name = "english"),
  @JsonSubTypes.Type(value = Analysis.Chinese.class, name = "chinese"),
})
public sealed interface Analysis extends Serializable {

  Analyzer analyzer();

  /**
   * Words in lower case.
   *
   * @param stem whether endings are taken off (Porter): {@code reviews} is {@code review}
   * @param stopWords whether words such as {@code the}, and with them {@code not}, are left out
   */
  record English(boolean stem, boolean stopWords) implements Analysis {
    @Override
    public Analyzer analyzer() {
      CharArraySet leftOut =
          stopWords ? EnglishAnalyzer.getDefaultStopSet() : CharArraySet.EMPTY_SET;
      return stem ? new EnglishAnalyzer(leftOut) : new StandardAnalyzer(leftOut);
    }
  }

  /** Words of simplified Chinese by a hidden Markov model, without punctuation. */
  record Chinese() implements Analysis {
    @Override
    public Analyzer analyzer() {
      return new SmartChineseAnalyzer();
    }
  }
}
