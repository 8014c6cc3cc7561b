package org.millrace.launch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.millrace.cli.UseCaseOptions;
import org.millrace.config.StagedUseCase;
import org.millrace.job.Jobs;
import org.millrace.model.StagedKeys;
import org.millrace.outcome.Stop;

/**
 * What a driver needs that starts on another machine: the use case with all its layers, the
 * contracts of what it reads, all of the use case's own, and the keys of this machine; Millrace's
 * other contracts travel in the jar. All names are in one folder.
 *
 * @param files content by name
 */
record Staging(Map<String, byte[]> files) {
  private static final String CONTRACT = ".odcs.yaml";
  private static final String COVER = "*****";

  /** The name of the use case among the files. */
  static String useCaseFile(Jobs.Bound useCase) {
    return useCase.settings().useCase() + StagedUseCase.SUFFIX;
  }

  /** Gathers the files in memory: they are small. */
  static Staging of(Request request) {
    return of(
        request.useCase(),
        StagedUseCase.write(request.useCase().layers()),
        StagedKeys.gather(request.settings().models(), request.hadoop()));
  }

  /** The same for eyes: with secrets covered. */
  static Staging covered(Request request) {
    Map<String, byte[]> keys = StagedKeys.gather(request.settings().models(), request.hadoop());
    keys.replaceAll((name, key) -> COVER.getBytes(StandardCharsets.US_ASCII));
    return of(request.useCase(), StagedUseCase.covered(request.useCase().layers()), keys);
  }

  private static Staging of(Jobs.Bound useCase, byte[] layers, Map<String, byte[]> keys) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(useCaseFile(useCase), layers);
    files.putAll(keys);
    Set<String> read =
        useCase.steps().stream()
            .flatMap(step -> step.tables().stream())
            .map(table -> table.ref().contract() + CONTRACT)
            .collect(Collectors.toSet());
    Optional<Path> own = useCase.settings().dataSchemas().map(Path::of);
    try {
      for (Path folder : UseCaseOptions.contractFolders(useCase)) {
        for (Path contract : contracts(folder)) {
          String file = contract.getFileName().toString();
          if (read.contains(file) || own.filter(folder::equals).isPresent()) {
            files.putIfAbsent(file, Files.readAllBytes(contract));
          }
        }
      }
    } catch (IOException e) {
      throw Stop.usage("the contracts cannot be read: %s", e.getMessage()).because(e);
    }
    return new Staging(files);
  }

  private static List<Path> contracts(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(CONTRACT)).sorted().toList();
    }
  }

  /** Writes the files into an archive that only its user can read. */
  void zipTo(Path archive) throws IOException {
    Files.createFile(
        archive,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (OutputStream stream = Files.newOutputStream(archive);
        ZipOutputStream zip = new ZipOutputStream(stream)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
  }

  /** A folder that only its user can read. */
  static Path newFolder() {
    try {
      return Files.createTempDirectory("millrace-");
    } catch (IOException e) {
      throw Stop.failed("a temporary folder cannot be made: %s", e.getMessage()).because(e);
    }
  }

  /** Removes such a folder. */
  static void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : new ArrayList<>(files.sorted(Comparator.reverseOrder()).toList())) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      System.err.println("millrace: " + folder + " cannot be removed: " + e.getMessage());
    }
  }
}
