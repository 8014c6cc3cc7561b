package org.millrace.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallFilesTest {
  /** A disk on which ten bytes are left. */
  private static final class FullDisk extends RawLocalFileSystem {
    @Override
    public FSDataOutputStream create(
        org.apache.hadoop.fs.Path file,
        boolean overwrite,
        int buffer,
        short replication,
        long block,
        Progressable progress)
        throws IOException {
      OutputStream disk = super.create(file, overwrite, buffer, replication, block, progress);
      return new FSDataOutputStream(
          new FilterOutputStream(disk) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
              disk.write(bytes, offset, Math.min(10, length));
              disk.flush();
              throw new IOException("No space left on device");
            }
          },
          null);
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aFileThatCannotBeWrittenWholeIsNotThere(@TempDir Path folder) throws IOException {
    try (FullDisk disk = new FullDisk()) {
      disk.initialize(folder.toUri(), new Configuration(false));
      org.apache.hadoop.fs.Path file =
          new org.apache.hadoop.fs.Path(folder.resolve("report.html").toUri());
      assertThatThrownBy(() -> SmallFiles.write(disk, file, text("more than ten bytes"), true))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("No space left on device");
      assertThat(names(folder)).isEmpty();
    }
  }

  @Test
  void theOldFileStaysWhereTheNewOneCannotBeWritten(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("run.json");
    Files.write(file, text("the old one"));
    try (FullDisk disk = new FullDisk()) {
      disk.initialize(folder.toUri(), new Configuration(false));
      assertThatThrownBy(
              () ->
                  SmallFiles.replace(
                      disk, new org.apache.hadoop.fs.Path(file.toUri()), text("the new one, long")))
          .isInstanceOf(IOException.class);
    }
    assertThat(Files.readString(file)).isEqualTo("the old one");
    assertThat(names(folder)).containsExactly("run.json");
  }

  @Test
  void aFileIsReplaced(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("run.json");
    Files.write(file, text("the old one"));
    try (RawLocalFileSystem disk = new RawLocalFileSystem()) {
      disk.initialize(folder.toUri(), new Configuration(false));
      SmallFiles.replace(disk, new org.apache.hadoop.fs.Path(file.toUri()), text("the new one"));
    }
    assertThat(Files.readString(file)).isEqualTo("the new one");
    assertThat(names(folder)).containsExactly("run.json");
  }

  private static Stream<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).toList().stream();
    }
  }
}
