package org.millrace.deep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.millrace.model.Draft;
import org.millrace.model.FeatureContract;
import org.millrace.model.ModelDescription;
import org.millrace.model.ModelInfo;
import org.millrace.model.ModelStore;

/** A model in a store that nobody reads. */
final class PublishedNetwork {
  private PublishedNetwork() {}

  /** Its folder. */
  static String in(ModelStore store, String version) throws IOException {
    try (Draft draft = store.draft(NetworkModel.KIND, version)) {
      Path file = Path.of(draft.path().toUri().getPath(), "network.zip");
      Files.write(file, "a network".getBytes(StandardCharsets.UTF_8));
      ModelInfo info =
          new ModelInfo(
              Instant.parse("2026-01-31T10:00:00Z"),
              "deep.train",
              "run-1",
              "0.1.0",
              "3.5.7",
              new FeatureContract("clothes.v1", "c0ffee", List.of()),
              Map.of(),
              "beef",
              1L,
              List.of(),
              List.of(),
              "none",
              new ModelDescription("a", "b", "c", List.of()));
      return store.publish(draft, info).path().toUri().getPath();
    }
  }
}
