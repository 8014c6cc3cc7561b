package org.millrace.deep.net;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import org.millrace.config.Binder;
import org.millrace.config.Layers;
import org.millrace.config.Problems;

/** Lists of layers that come with Millrace, as files that a user may copy into a use case. */
public final class ShippedLayers {
  private static final String FOLDER = "org/millrace/deep/definitions/";
  private static final String DEFAULTS = "millrace/deep/network.conf";
  private static final String BLOCK = "layers";

  private ShippedLayers() {}

  public static List<String> names() {
    return List.of(
        "cnn-28x28",
        "cnn-32x32",
        "cnn-224x224",
        "cnn-audio",
        "lstm-features",
        "lstm-forecast",
        "lstm-tokens");
  }

  static Architecture.Layers read(String name) {
    Config file = ConfigFactory.parseResources(FOLDER + name + ".conf").atKey(BLOCK);
    Layers layers = new Layers(file, ConfigFactory.parseResources(DEFAULTS));
    Problems problems = new Problems();
    var bound = new Binder(problems).bind(Architecture.Layers.class, BLOCK, layers);
    problems.throwIfAny();
    return bound.orElseThrow();
  }
}
