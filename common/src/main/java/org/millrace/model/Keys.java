package org.millrace.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.millrace.outcome.Stop;

/**
 * The keys of a run.
 *
 * @param signingKey signs what is published; empty publishes unsigned models
 * @param trustedKeys a model must carry a signature of one of these; empty accepts every model
 */
public record Keys(Optional<SigningKey> signingKey, List<TrustedKey> trustedKeys) {

  private static final Set<StandardOpenOption> NEW_FILE =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  public Keys {
    trustedKeys = List.copyOf(trustedKeys);
  }

  /** Publishes unsigned models and accepts every model. */
  public static Keys none() {
    return new Keys(Optional.empty(), List.of());
  }

  /** Reads the key files; one that is missing or of another sort ends the command as usage. */
  public static Keys load(SigningConfig config, Configuration hadoop) {
    return new Keys(
        config.signingKey().map(path -> SigningKey.parse(read(path, hadoop), path)),
        config.trustedKeys().stream()
            .map(path -> TrustedKey.parse(read(path, hadoop), path))
            .toList());
  }

  /**
   * Writes a new pair of Ed25519 keys, and never over an existing file.
   *
   * @param directoryOrPrefix an existing directory gets {@code millrace.key.pem} and {@code
   *     millrace.pub.pem}; anything else is the beginning of the two names, and its directory is
   *     made where there is none
   */
  public static KeyFiles generate(java.nio.file.Path directoryOrPrefix) {
    java.nio.file.Path prefix =
        Files.isDirectory(directoryOrPrefix)
            ? directoryOrPrefix.resolve("millrace")
            : directoryOrPrefix;
    java.nio.file.Path privateFile = prefix.resolveSibling(prefix.getFileName() + ".key.pem");
    java.nio.file.Path publicFile = prefix.resolveSibling(prefix.getFileName() + ".pub.pem");
    for (java.nio.file.Path file : List.of(privateFile, publicFile)) {
      if (Files.exists(file)) {
        throw alreadyThere(file);
      }
    }
    makeDirectory(privateFile);
    KeyPair pair = newPair();
    create(privateFile, Pem.PRIVATE_KEY.encode(pair.getPrivate().getEncoded()), "rw-------");
    create(publicFile, Pem.PUBLIC_KEY.encode(pair.getPublic().getEncoded()), "rw-r--r--");
    return new KeyFiles(privateFile, publicFile, new TrustedKey(pair.getPublic()).id());
  }

  private static KeyPair newPair() {
    try {
      return KeyPairGenerator.getInstance(DetachedSignature.ED25519).generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no Ed25519", e);
    }
  }

  private static void makeDirectory(java.nio.file.Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw Stop.usage(
              "cannot make the directory of the key file %s (%s); give one that you may write",
              file, e)
          .because(e);
    }
  }

  /** The permissions are part of the creation: the key is at no moment readable by others. */
  private static void create(java.nio.file.Path file, String text, String permissions) {
    FileAttribute<?>[] attributes =
        file.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
            }
            : new FileAttribute<?>[0];
    try (var channel = Files.newByteChannel(file, NEW_FILE, attributes)) {
      channel.write(StandardCharsets.US_ASCII.encode(text));
    } catch (FileAlreadyExistsException e) {
      throw alreadyThere(file).because(e);
    } catch (IOException e) {
      throw Stop.usage(
              "cannot write the key file %s: %s; give a directory that you may write", file, e)
          .because(e);
    }
  }

  private static Stop alreadyThere(java.nio.file.Path file) {
    return Stop.usage(
        "the key file %s exists already and is not overwritten: models signed with it could no"
            + " longer be checked; give another prefix",
        file);
  }

  private static String read(String file, Configuration hadoop) {
    Path path = new Path(file);
    try (InputStream in = path.getFileSystem(hadoop).open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Stop.usage(
              "cannot read the key file %s: %s; give the path of a PEM file, made by"
                  + " 'submit/millrace keygen'",
              file, e)
          .because(e);
    }
  }
}
