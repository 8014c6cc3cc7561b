package org.millrace.observe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.millrace.report.RunReport;

/**
 * Leaves the last figures of a use case where node_exporter's textfile collector finds them: in
 * {@code FOLDER/millrace_USE-CASE.prom}, whole at any moment.
 */
record Textfile(Path folder) implements Watcher {
  @Override
  public String name() {
    return "observe.metrics.textfile-folder " + folder;
  }

  @Override
  public void ended(RunReport report) throws IOException {
    Path target = folder.resolve("millrace_" + report.useCase() + ".prom");
    // The collector takes *.prom only, so nobody reads this one.
    Path written = Files.createTempFile(folder, ".millrace", ".tmp");
    try {
      Files.write(written, PrometheusText.of(RunFigures.of(report)));
      // Temporary files are their owner's alone, but the collector is another user.
      if (Files.getFileStore(written).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(
            written, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
      }
      Files.move(
          written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(written);
    }
  }
}
