package org.millrace.text.answer;

import java.io.Serializable;
import java.util.BitSet;
import org.millrace.language.FittedVectors;

/**
 * How near a pair is to a question: the cosine of their vectors, and how much of the question the
 * pair covers, which a cosine does not tell, since it takes a long pair that has all of the
 * question's words for further than a short one that lacks some.
 *
 * <p>What is covered is the share that the pair's words have of the squared weights of the
 * question's words (the coordination factor of Lucene's ClassicSimilarity, in which words count by
 * their weights and not alike); where a sentence model has a place in the vectors too, it is the
 * model's cosine if that is more: the question is met by its words or by what it means. Vectors
 * without places of words have their cosine alone.
 *
 * @param cosineShare 0 to 1, weight of the cosine
 * @param termPlaces so many first places are of terms
 * @param wordPlaces which of these are of single words
 * @param unknownPlace that of all words that have none; two texts that have it do not have the same
 *     word. -1 where there is none
 */
public record Nearness(double cosineShare, int termPlaces, BitSet wordPlaces, int unknownPlace)
    implements Serializable {

  public static Nearness of(FittedVectors vectors, double cosineShare) {
    return new Nearness(
        cosineShare, vectors.termPlaces(), vectors.wordPlaces(), vectors.unknownPlace());
  }

  /**
   * From 0 to 1 for vectors without negative numbers, to six decimals: a pair that is what is asked
   * has 1, however sums were rounded.
   *
   * @param cosine of the whole vectors
   * @param covered 0 to 1
   * @param meaning cosine of what is behind the places of terms
   */
  double score(double cosine, double covered, double meaning) {
    double score =
        termPlaces == 0
            ? cosine
            : cosineShare * cosine + (1 - cosineShare) * Math.max(covered, meaning);
    return Math.min(1, Math.rint(score * 1e6) / 1e6);
  }
}
