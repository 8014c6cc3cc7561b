package org.millrace.model;

import java.util.List;

/**
 * What a model card tells people, in Markdown.
 *
 * @param whatItIs a paragraph
 * @param howItWasTrained a paragraph
 * @param intendedUse a paragraph
 * @param limits what the model is not good for, a sentence each
 */
public record ModelDescription(
    String whatItIs, String howItWasTrained, String intendedUse, List<String> limits) {

  public ModelDescription {
    limits = List.copyOf(limits);
  }
}
