package org.millrace.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.millrace.outcome.Stop;

/**
 * The files of a version as they lie there, by their relative paths; without {@code model.json} and
 * {@code signature}, which speak about the others.
 */
final class FileInventory {

  private static final Set<String> ABOUT_FILES =
      Set.of(StoreLayout.MODEL_JSON, StoreLayout.SIGNATURE);

  private final Path directory;
  private final Map<String, FileStatus> byPath = new TreeMap<>();

  FileInventory(StoreFiles files, Path directory) {
    this.directory = directory;
    int prefix = directory.toUri().getPath().length() + 1;
    for (FileStatus file : files.filesBelow(directory)) {
      String relative = file.getPath().toUri().getPath().substring(prefix);
      if (!ABOUT_FILES.contains(relative)) {
        byPath.put(relative, file);
      }
    }
  }

  /** Every file with its length and hash, by path. */
  List<ModelFile> describe(FileHasher hasher) {
    Map<Path, String> hashes = hash(hasher);
    List<ModelFile> described = new ArrayList<>();
    byPath.forEach(
        (relative, file) ->
            described.add(new ModelFile(relative, file.getLen(), hashes.get(file.getPath()))));
    return described;
  }

  /** Stops at the first file that is missing, extra or not as {@code model.json} says. */
  void verify(ModelManifest manifest, FileHasher hasher) {
    Map<String, ModelFile> listed = new TreeMap<>();
    manifest.files().forEach(file -> listed.put(file.path(), file));
    for (ModelFile file : listed.values()) {
      FileStatus found = byPath.get(file.path());
      if (found == null) {
        throw refusal(manifest, file.path(), "is missing: model.json lists it");
      }
      if (found.getLen() != file.bytes()) {
        throw refusal(
            manifest,
            file.path(),
            "has changed since it was published: it has %d bytes, model.json says %d"
                .formatted(found.getLen(), file.bytes()));
      }
    }
    for (String path : byPath.keySet()) {
      if (!listed.containsKey(path)) {
        throw refusal(manifest, path, "does not belong to it: model.json does not list it");
      }
    }
    Map<Path, String> hashes = hash(hasher);
    for (ModelFile file : listed.values()) {
      String found = hashes.get(byPath.get(file.path()).getPath());
      if (!file.sha256().equals(found)) {
        throw refusal(
            manifest,
            file.path(),
            "has changed since it was published: SHA-256 is %s, model.json says %s"
                .formatted(found, file.sha256()));
      }
    }
  }

  private Map<Path, String> hash(FileHasher hasher) {
    try {
      return hasher.sha256(byPath.values().stream().map(FileStatus::getPath).toList());
    } catch (IOException e) {
      throw Stop.failed(
              "cannot read the model files in %s: %s; check that this user may read them and that"
                  + " nobody changes them meanwhile",
              directory, e)
          .because(e);
    }
  }

  private static Stop refusal(ModelManifest manifest, String path, String why) {
    return Stop.failed(
        "model file %s/%s/%s/%s of version %s %s; publish or restore the version",
        StoreLayout.MODELS, manifest.useCase(), manifest.version(), path, manifest.version(), why);
  }
}
