package org.millrace.model;

import org.apache.hadoop.fs.Path;

/**
 * A model on its way into the store: the job writes files below {@link #path()} and publishes. To
 * close a draft that was not published deletes what was written.
 */
public final class Draft implements AutoCloseable {

  private final StoreFiles files;
  private final String kind;
  private final String version;
  private final Path path;
  private boolean sealed;
  private boolean published;

  Draft(StoreFiles files, String kind, String version, Path path) {
    this.files = files;
    this.kind = kind;
    this.version = version;
    this.path = path;
  }

  /** An existing directory, hidden from readers, on the file system of the store. */
  public Path path() {
    return path;
  }

  public String kind() {
    return kind;
  }

  public String version() {
    return version;
  }

  /** A draft is published at most once, and not again after a failure half way. */
  void seal() {
    if (sealed) {
      throw new IllegalStateException("the draft of version " + version + " is already sealed");
    }
    sealed = true;
  }

  void markPublished() {
    published = true;
    files.deleteIfEmpty(path.getParent());
  }

  @Override
  public void close() {
    sealed = true;
    if (!published) {
      files.deleteTree(path);
      files.deleteIfEmpty(path.getParent());
    }
  }
}
