package org.millrace.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.millrace.outcome.Stop;

/**
 * Key files of the machine that submits a run, on their way to a driver on another one. They travel
 * beside the use case, each named by its path, so that the configuration says the same on both
 * machines.
 */
public final class StagedKeys {
  private static final int NAME_DIGITS = 16;

  private StagedKeys() {}

  /** The name under which a key file travels. */
  static String name(String path) {
    return "key-" + DigestUtils.sha256Hex(path).substring(0, NAME_DIGITS) + ".pem";
  }

  /**
   * The key files that only this machine can read: those of its disk, where the path does not name
   * a file of the cluster's file system. Others are left to the driver.
   *
   * @param hadoop the cluster's configuration
   * @return content by name
   */
  public static Map<String, byte[]> gather(SigningConfig models, Configuration hadoop) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    Stream.concat(models.signingKey().stream(), models.trustedKeys().stream())
        .forEach(path -> onThisDisk(path, hadoop).ifPresent(key -> files.put(name(path), key)));
    return files;
  }

  private static Optional<byte[]> onThisDisk(String path, Configuration hadoop) {
    var key = new org.apache.hadoop.fs.Path(path);
    boolean unsaid = key.toUri().getScheme() == null;
    if (!unsaid && !"file".equals(key.toUri().getScheme())) {
      return Optional.empty();
    }
    try {
      FileSystem disk = FileSystem.getLocal(hadoop);
      var here = new org.apache.hadoop.fs.Path(key.toUri().getPath());
      if (!disk.exists(here) || (unsaid && isOnCluster(key, hadoop))) {
        return Optional.empty();
      }
      try (InputStream in = disk.open(here)) {
        return Optional.of(in.readAllBytes());
      }
    } catch (IOException e) {
      throw Stop.usage("cannot read the key file %s: %s", path, e.getMessage()).because(e);
    }
  }

  private static boolean isOnCluster(org.apache.hadoop.fs.Path key, Configuration hadoop)
      throws IOException {
    return !"file".equals(FileSystem.getDefaultUri(hadoop).getScheme())
        && FileSystem.get(hadoop).exists(key);
  }

  /**
   * The same keys where they have arrived.
   *
   * @param folder of the use case that came with them
   */
  public static SigningConfig arrived(SigningConfig models, Path folder) {
    return new SigningConfig(
        models.signingKey().map(path -> arrived(path, folder)),
        models.trustedKeys().stream().map(path -> arrived(path, folder)).toList());
  }

  private static String arrived(String path, Path folder) {
    Path file = folder.resolve(name(path));
    return Files.isRegularFile(file) ? file.toUri().toString() : path;
  }
}
