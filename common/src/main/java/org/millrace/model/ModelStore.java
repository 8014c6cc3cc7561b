package org.millrace.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.millrace.outcome.Stop;

/**
 * The published models of a use case, on any Hadoop file system. A version appears whole or not at
 * all, never changes, and is compared with its signature and its hashes before anything of it is
 * used.
 */
public final class ModelStore {

  private static final int VERSIONS_IN_A_SENTENCE = 20;

  private final StoreFiles files;
  private final StoreLayout layout;
  private final Keys keys;
  private final FileHasher hasher;

  private ModelStore(StoreFiles files, StoreLayout layout, Keys keys, FileHasher hasher) {
    this.files = files;
    this.layout = layout;
    this.keys = keys;
    this.hasher = hasher;
  }

  /**
   * @param root the directory that holds {@code models/}
   * @param hasher hashes the model files when they are published and loaded
   */
  public static ModelStore open(
      Configuration hadoop, Path root, String useCase, Keys keys, FileHasher hasher) {
    checkName("use case", useCase);
    StoreFiles files = StoreFiles.open(root, hadoop);
    return new ModelStore(files, new StoreLayout(files.qualified(root), useCase), keys, hasher);
  }

  /**
   * Begins a version; the caller writes its files and publishes it.
   *
   * @param kind what sort of model it is, such as {@code als}
   * @param version a name that no version of the use case has
   */
  public Draft draft(String kind, String version) {
    checkName("model kind", kind);
    checkName("model version", version);
    if (files.exists(layout.version(version))) {
      throw versionExists(version);
    }
    Path staging = layout.staging(kind, version);
    if (files.exists(staging)) {
      throw Stop.failed(
          "%s exists: another run is writing version %s, or one was killed while it did;"
              + " delete the directory if no run is at work",
          staging, version);
    }
    files.createDirectory(staging);
    return new Draft(files, kind, version, staging);
  }

  /** Makes a draft a version; nothing is seen of it before everything of it is in place. */
  public ModelVersion publish(Draft draft, ModelInfo info) {
    draft.seal();
    checkFreeForStore(draft);
    Optional<String> keyId = keys.signingKey().map(SigningKey::id);
    String card = ModelCard.render(layout.useCase(), draft.kind(), draft.version(), info, keyId);
    files.writeNew(
        new Path(draft.path(), StoreLayout.MODEL_CARD), card.getBytes(StandardCharsets.UTF_8));
    List<ModelFile> described = new FileInventory(files, draft.path()).describe(hasher);
    ModelManifest manifest =
        ModelManifest.of(layout.useCase(), draft.kind(), draft.version(), info, described);
    byte[] modelJson = Json.write(manifest);
    files.writeNew(new Path(draft.path(), StoreLayout.MODEL_JSON), modelJson);
    keys.signingKey()
        .ifPresent(
            key ->
                files.writeNew(
                    new Path(draft.path(), StoreLayout.SIGNATURE),
                    Json.write(DetachedSignature.of(modelJson, key))));
    Path target = layout.version(draft.version());
    if (!files.renameNew(draft.path(), target)) {
      throw versionExists(draft.version());
    }
    draft.markPublished();
    return new ModelVersion(manifest, target, keyId, true);
  }

  /** The names of all versions of the use case, sorted. */
  public List<String> versions() {
    return files.directoriesIn(layout.versions()).stream()
        .filter(StoreLayout::isName)
        .sorted()
        .toList();
  }

  /**
   * The version that scoring takes by default. Its {@code model.json} is checked against its
   * signature, its files are not looked at: {@link #load} before reading them.
   */
  public Optional<ModelVersion> current(String kind) {
    return pointer(kind).map(pointer -> read(kind, pointer.version()));
  }

  /**
   * Verifies a version: the signature of its {@code model.json}, then every file.
   *
   * @param version empty takes the current one
   */
  public ModelVersion load(String kind, Optional<String> version) {
    ModelVersion found =
        version.isPresent()
            ? read(kind, existing(kind, version.get()))
            : current(kind).orElseThrow(() -> noCurrent(kind));
    new FileInventory(files, found.path()).verify(found.manifest(), hasher);
    return new ModelVersion(found.manifest(), found.path(), found.signedBy(), true);
  }

  /** Whether a directory is where this store keeps a version. */
  public boolean holds(Path directory) {
    Path qualified = files.at(directory).qualified(directory);
    return qualified.equals(layout.version(qualified.getName()));
  }

  /**
   * Verifies a version by its directory, whatever store holds it: {@code
   * ROOT/models/USE_CASE/VERSION}, as {@link #load} does one of this store.
   *
   * @return signed by nobody where no keys are given to trust
   * @throws Stop exit 2 where the directory is no version of a store
   */
  public ModelVersion loadFrom(String kind, Path directory) {
    StoreFiles theirs = files.at(directory);
    Path version = theirs.qualified(directory);
    StoreLayout place =
        StoreLayout.of(version)
            .orElseThrow(
                () ->
                    Stop.usage(
                        "%s is no version in a model store; accepted: ROOT/%s/USE_CASE/VERSION",
                        directory, StoreLayout.MODELS));
    return new ModelStore(theirs, place, keys, hasher).load(kind, Optional.of(version.getName()));
  }

  /** Makes a version the current one of its kind. */
  public void promote(ModelVersion version) {
    files.replace(
        layout.current(version.kind()),
        Json.write(
            new CurrentPointer(version.version(), version.manifest().runId(), Instant.now())));
  }

  private Optional<CurrentPointer> pointer(String kind) {
    checkName("model kind", kind);
    Path file = layout.current(kind);
    Optional<byte[]> content = files.read(file);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    try {
      CurrentPointer pointer = Json.read(content.get(), CurrentPointer.class);
      if (!versions().contains(pointer.version())) {
        throw Stop.failed(
            "%s says that version %s is current, but there is no such version; restore it, or"
                + " delete the file and name a version (there are: %s)",
            file, pointer.version(), known());
      }
      return Optional.of(pointer);
    } catch (IOException e) {
      throw Stop.failed(
              "%s is damaged: %s; delete it and name a version (there are: %s)",
              file, firstLine(e), known())
          .because(e);
    }
  }

  private ModelVersion read(String kind, String version) {
    Path directory = layout.version(version);
    byte[] modelJson =
        files
            .read(new Path(directory, StoreLayout.MODEL_JSON))
            .orElseThrow(
                () ->
                    Stop.failed(
                        "version %s has no model.json in %s; publish or restore the version",
                        version, directory));
    Optional<String> signedBy =
        new SignatureVerifier(keys.trustedKeys())
            .verify(version, modelJson, files.read(new Path(directory, StoreLayout.SIGNATURE)));
    ModelManifest manifest = parse(version, modelJson);
    checkIdentity(kind, version, manifest);
    return new ModelVersion(manifest, directory, signedBy, false);
  }

  private static ModelManifest parse(String version, byte[] modelJson) {
    try {
      JsonNode format = Json.tree(modelJson).path("format");
      if (!format.asText().equals(ModelManifest.FORMAT)) {
        throw Stop.failed(
            "model.json of version %s has format '%s', this code reads '%s'; score with the code"
                + " that trained it, or publish the model again",
            version, format.asText(), ModelManifest.FORMAT);
      }
      return Json.read(modelJson, ModelManifest.class);
    } catch (IOException e) {
      throw Stop.failed(
              "model.json of version %s is damaged: %s; publish or restore the version",
              version, firstLine(e))
          .because(e);
    }
  }

  /** A signed version stays what it was signed as, wherever its directory is copied to. */
  private void checkIdentity(String kind, String version, ModelManifest manifest) {
    if (!manifest.version().equals(version) || !manifest.useCase().equals(layout.useCase())) {
      throw Stop.failed(
          "the directory of version %s of use case %s holds version %s of use case %s;"
              + " publish or restore the version",
          version, layout.useCase(), manifest.version(), manifest.useCase());
    }
    if (!manifest.kind().equals(kind)) {
      throw Stop.usage(
          "version %s is a model of kind %s, but kind %s is needed here; name another version"
              + " (there are: %s)",
          version, manifest.kind(), kind, known());
    }
  }

  private String existing(String kind, String version) {
    if (!versions().contains(version)) {
      throw Stop.usage(
          "there is no %s model of version %s in use case %s; name another version (there are: %s)",
          kind, version, layout.useCase(), known());
    }
    return version;
  }

  private Stop noCurrent(String kind) {
    return Stop.usage(
        "use case %s has no current %s model; train one that passes its gate, or name a version"
            + " (there are: %s)",
        layout.useCase(), kind, known());
  }

  private Stop versionExists(String version) {
    return Stop.failed(
        "version %s of use case %s exists already and is not overwritten; publish under another"
            + " name",
        version, layout.useCase());
  }

  private void checkFreeForStore(Draft draft) {
    if (files.filesBelow(draft.path()).isEmpty()) {
      throw new IllegalStateException("the draft of version " + draft.version() + " has no files");
    }
    for (String reserved :
        List.of(StoreLayout.MODEL_JSON, StoreLayout.MODEL_CARD, StoreLayout.SIGNATURE)) {
      if (files.exists(new Path(draft.path(), reserved))) {
        throw new IllegalStateException("the store itself writes " + reserved);
      }
    }
  }

  /** The newest by name, where there are many. */
  private String known() {
    List<String> all = versions();
    int omitted = Math.max(0, all.size() - VERSIONS_IN_A_SENTENCE);
    String named = String.join(", ", all.subList(omitted, all.size()));
    return all.isEmpty() ? "none" : omitted == 0 ? named : named + " and " + omitted + " before";
  }

  private static void checkName(String what, String name) {
    if (!StoreLayout.isName(name)) {
      throw Stop.usage(
          "%s '%s' is not a name: use letters, digits and . _ = -, beginning with a letter or digit",
          what, name);
    }
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
