package org.millrace.model;

import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * A published version of a model.
 *
 * @param path the version's directory
 * @param signedBy the identifier of the key whose signature was made or checked; empty when the
 *     version is unsigned or its signature was not looked at
 * @param filesVerified whether every file was compared with {@code model.json}
 */
public record ModelVersion(
    ModelManifest manifest, Path path, Optional<String> signedBy, boolean filesVerified) {

  public String version() {
    return manifest.version();
  }

  public String kind() {
    return manifest.kind();
  }

  /**
   * A model file, or a directory of such, to read the model from.
   *
   * @param relative as the job named it in its draft
   * @throws IllegalStateException when the files have not been verified: load the version first
   */
  public Path file(String relative) {
    if (!filesVerified) {
      throw new IllegalStateException(
          "version " + version() + " has not been verified; load it before reading its files");
    }
    boolean known =
        manifest.files().stream()
            .map(ModelFile::path)
            .anyMatch(path -> path.equals(relative) || path.startsWith(relative + "/"));
    if (!known) {
      throw new IllegalArgumentException("version " + version() + " has no file " + relative);
    }
    return new Path(path, relative);
  }
}
