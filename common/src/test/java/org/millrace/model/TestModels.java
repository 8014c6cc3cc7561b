package org.millrace.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.millrace.eval.Metric;

/** Small models in a store on the local disk. */
final class TestModels {

  static final Configuration HADOOP = new Configuration();

  private TestModels() {}

  static ModelStore store(Path root, Keys keys) {
    return ModelStore.open(HADOOP, hadoop(root), "films", keys, new SerialFileHasher(HADOOP));
  }

  static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }

  /** A pair of keys that trusts itself. */
  static Keys newKeys(Path prefix) {
    KeyFiles files = Keys.generate(prefix);
    return Keys.load(
        new SigningConfig(
            Optional.of(files.privateKey().toString()), List.of(files.publicKey().toString())),
        HADOOP);
  }

  static ModelVersion publish(ModelStore store, String version, MeasuredMetric... metrics)
      throws IOException {
    try (Draft draft = store.draft("als", version)) {
      write(draft, "item-factors/part-0.parquet", "factors of items");
      write(draft, "user-factors/part-0.parquet", "factors of users");
      return store.publish(draft, info(metrics));
    }
  }

  /** As a job does: through Hadoop's file system, which leaves checksum files on a local disk. */
  static void write(Draft draft, String relative, String content) throws IOException {
    var file = new org.apache.hadoop.fs.Path(draft.path(), relative);
    try (var out = file.getFileSystem(HADOOP).create(file)) {
      out.writeBytes(content);
    }
  }

  static ModelInfo info(MeasuredMetric... metrics) {
    Map<String, Object> configuration = new HashMap<>();
    configuration.put("rank", 8);
    configuration.put("holdout", new HashMap<>(Map.of("type", "time", "share", 0.2)));
    configuration.put("gate", null);
    configuration.put("alpha", List.of(1, 2));
    return new ModelInfo(
        Instant.parse("2024-03-01T10:15:30Z"),
        "recommend.train",
        "run-1",
        "0.1.0+abc",
        "3.5.7",
        new FeatureContract(
            "ratings.v1",
            "c0ffee",
            List.of(
                new FeatureContract.Column("user_id", "string"),
                new FeatureContract.Column("rating", "number"))),
        configuration,
        "beef",
        42L,
        List.of(new DataIdentity("ratings", "file:/data/ratings", "1d", 1000)),
        Arrays.asList(metrics),
        "The last 20 % of each user's ratings by time.",
        new ModelDescription(
            "Factors of users & films.",
            "Alternating least squares.",
            "Ranking films for known users.",
            List.of("Knows nothing of new users.", "Is trained on <one> year | no more.")));
  }

  static MeasuredMetric rmse(double value) {
    return MeasuredMetric.of(
        Metric.lowerIsBetter("rmse", value), Map.of("mean", 1.25, "item-mean", 1.125));
  }

  /** Changes one byte in the middle of a file, behind Hadoop's back. */
  static void flipByte(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);
  }
}
