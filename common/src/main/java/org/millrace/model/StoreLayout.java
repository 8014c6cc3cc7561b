package org.millrace.model;

import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/** Where things are below the root that a store shares with the tables and the runs. */
record StoreLayout(Path root, String useCase) {

  static final String MODELS = "models";
  static final String MODEL_JSON = "model.json";
  static final String MODEL_CARD = "MODEL_CARD.md";
  static final String SIGNATURE = "signature";

  /** One path segment, and never a hidden one. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._=-]*");

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  Path versions() {
    return new Path(new Path(root, MODELS), useCase);
  }

  Path version(String version) {
    return new Path(versions(), version);
  }

  Path staging(String kind, String version) {
    return new Path(new Path(new Path(root, ".staging"), version), "model-" + kind);
  }

  Path current(String kind) {
    return new Path(versions(), "_current." + kind + ".json");
  }
}
