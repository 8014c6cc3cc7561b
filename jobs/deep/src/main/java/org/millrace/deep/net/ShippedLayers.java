package org.millrace.deep.net;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Locale;
import org.millrace.config.Binder;
import org.millrace.config.Layers;
import org.millrace.config.Problems;

/** Lists of layers that come with Millrace, as files that a user may copy into a use case. */
public enum ShippedLayers {
  CNN_28X28,
  CNN_32X32,
  CNN_224X224,
  CNN_AUDIO,
  LSTM_FEATURES,
  LSTM_FORECAST,
  LSTM_TOKENS;

  private static final String FOLDER = "org/millrace/deep/definitions/";
  private static final String DEFAULTS = "millrace/deep/network.conf";
  private static final String BLOCK = "layers";

  Architecture.Layers read() {
    String file = FOLDER + name().toLowerCase(Locale.ROOT).replace('_', '-') + ".conf";
    Config user = ConfigFactory.parseResources(file).atKey(BLOCK);
    Layers layers = new Layers(user, ConfigFactory.parseResources(DEFAULTS));
    Problems problems = new Problems();
    var bound = new Binder(problems).bind(Architecture.Layers.class, BLOCK, layers);
    problems.throwIfAny();
    return bound.orElseThrow();
  }
}
