package org.millrace.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.millrace.outcome.Stop;

/**
 * Finds contracts by their names: {@code ratings.v1} is {@code ratings.v1.odcs.yaml} in one of the
 * folders, in their order, or else among those that travel in the jar.
 */
public final class Contracts {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*\\.v[0-9]+");

  private final List<Path> folders;
  private final Map<String, Contract> known = new ConcurrentHashMap<>();

  public Contracts(List<Path> folders) {
    this.folders = List.copyOf(folders);
  }

  /** Loads the classes that read a contract; for a thread that has nothing better to do. */
  public static void prepare() {
    ContractFile.prepare();
  }

  /**
   * A contract, read once: a run goes by what it was when the run began.
   *
   * @throws Stop exit 2 where there is none of that name, or its file asks for what is not checked
   */
  public Contract get(String name) {
    return known.computeIfAbsent(name, this::read);
  }

  private Contract read(String name) {
    if (!NAME.matcher(name).matches()) {
      throw Stop.usage(
          "contract '%s': a contract's name ends with its major version, such as ratings.v1", name);
    }
    String file = name + ".odcs.yaml";
    try {
      for (Path folder : folders) {
        Path path = folder.resolve(file);
        if (Files.isRegularFile(path)) {
          return ContractFile.read(name, path.toString(), Files.readAllBytes(path));
        }
      }
      Optional<byte[]> packed = packed(file);
      if (packed.isPresent()) {
        return ContractFile.read(name, "data-schemas/" + file + " (in the jar)", packed.get());
      }
    } catch (IOException e) {
      throw Stop.usage("contract %s cannot be read: %s", name, e.getMessage()).because(e);
    }
    throw Stop.usage(
        "contract %s: there is no file %s in %s, nor in the jar; write it there (Open Data Contract Standard v3) or correct"
            + " the name",
        name, file, folders);
  }

  private static Optional<byte[]> packed(String file) throws IOException {
    // Spark's loader of added jars, where there is one, knows more than that of this class.
    ClassLoader loader =
        Optional.ofNullable(Thread.currentThread().getContextClassLoader())
            .orElse(Contracts.class.getClassLoader());
    try (InputStream stream = loader.getResourceAsStream("data-schemas/" + file)) {
      return stream == null ? Optional.empty() : Optional.of(stream.readAllBytes());
    }
  }
}
