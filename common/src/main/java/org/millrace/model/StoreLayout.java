package org.millrace.model;

import java.util.Optional;
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

  /** Of the store that has a version in that directory; empty where none can. */
  static Optional<StoreLayout> of(Path version) {
    Path useCase = version.getParent();
    Path models = useCase == null ? null : useCase.getParent();
    Path root = models == null ? null : models.getParent();
    boolean fits =
        root != null
            && models.getName().equals(MODELS)
            && isName(useCase.getName())
            && isName(version.getName());
    return fits ? Optional.of(new StoreLayout(root, useCase.getName())) : Optional.empty();
  }

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
