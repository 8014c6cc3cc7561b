package org.millrace.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.table.Stops.stops;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.outcome.ExitCode;
import org.millrace.testing.LocalSpark;

class IdxFilesTest {
  private static final String COLUMNS =
      """
      - {name: image, logicalType: string, physicalType: BINARY, required: true}
      - {name: label, logicalType: integer, physicalType: INT, logicalTypeOptions: {maximum: 9}}
      - {name: index, logicalType: integer, required: true, unique: true}
      """;

  @TempDir Path folder;
  private Fixture fixture;

  @BeforeEach
  void contract() {
    fixture = new Fixture(folder).contract("images.v1", COLUMNS);
  }

  /** Images of 2 x 3 pixels; those of image n are n, n + 1, ... */
  private static byte[] images(int magic, int said, int count) {
    ByteBuffer file = ByteBuffer.allocate(16 + 6 * count);
    file.putInt(magic).putInt(said).putInt(2).putInt(3);
    for (int i = 0; i < 6 * count; i++) {
      file.put((byte) (i / 6 + i % 6));
    }
    return file.array();
  }

  private static byte[] labels(int... labels) {
    ByteBuffer file = ByteBuffer.allocate(8 + labels.length);
    file.putInt(0x801).putInt(labels.length);
    Arrays.stream(labels).forEach(label -> file.put((byte) label));
    return file.array();
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream stream = new GZIPOutputStream(bytes)) {
      stream.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private CheckedTable open(String path) {
    return fixture.open(Fixture.ref(folder.resolve(path), "images.v1").build());
  }

  private static List<String> shown(CheckedTable table) {
    return table.rows().orderBy("index").collectAsList().stream().map(IdxFilesTest::shown).toList();
  }

  private static String shown(Row row) {
    return Arrays.toString(row.<byte[]>getAs("image")) + " " + row.get(1) + " " + row.get(2);
  }

  @Test
  void imagesAndLabelsOfSeveralFilesAreRows() {
    fixture.write("idx/a-images-idx3-ubyte", images(0x803, 2, 2));
    fixture.write("idx/a-labels-idx1-ubyte", labels(4, 7));
    fixture.write("idx/b-images-idx3-ubyte.gz", gzip(images(0x803, 1, 1)));
    fixture.write("idx/b-labels-idx1-ubyte.gz", gzip(labels(9)));
    assertThat(shown(open("idx")))
        .containsExactly(
            "[0, 1, 2, 3, 4, 5] 4 0", "[1, 2, 3, 4, 5, 6] 7 1", "[0, 1, 2, 3, 4, 5] 9 2");
    assertThat(shown(open("idx/b-*"))).containsExactly("[0, 1, 2, 3, 4, 5] 9 0");
  }

  @Test
  void labelsMayBeAbsentAndAreCheckedByTheContract() {
    fixture.write("bare/a-images-idx3-ubyte", images(0x803, 1, 1));
    assertThat(shown(open("bare"))).containsExactly("[0, 1, 2, 3, 4, 5] null 0");
    fixture.write("idx/a-images-idx3-ubyte", images(0x803, 2, 2));
    fixture.write("idx/a-labels-idx1-ubyte", labels(4, 10));
    CheckedTable table = open("idx");
    assertThat(shown(table)).containsExactly("[0, 1, 2, 3, 4, 5] 4 0");
    assertThat(Fixture.rulesByRow(table))
        .containsEntry(
            "{\"image\":\"010203040506\",\"label\":10,\"index\":1}", List.of("label.maximum"));
  }

  @Test
  void aFileIsCutForSeveralTasks() throws IOException {
    fixture.write("idx/a-images-idx3-ubyte", images(0x803, 9, 9));
    fixture.write("idx/a-labels-idx1-ubyte", labels(0, 1, 2, 3, 4, 5, 6, 7, 8));
    var directory = new org.apache.hadoop.fs.Path(folder.resolve("idx").toUri());
    Configuration hadoop = new Configuration();
    var files = List.of(directory.getFileSystem(hadoop).listStatus(directory));
    Dataset<Row> rows = IdxFiles.of(files, hadoop, 4 * 6).rows(LocalSpark.session());
    assertThat(rows.javaRDD().getNumPartitions()).isEqualTo(3);
    assertThat(rows.collectAsList().stream().map(IdxFilesTest::shown))
        .hasSize(9)
        .contains("[0, 1, 2, 3, 4, 5] 0 0", "[4, 5, 6, 7, 8, 9] 4 4", "[8, 9, 10, 11, 12, 13] 8 8");
  }

  @Test
  void badFilesAreNamedWithWhatIsWrong() {
    refused(
        "magic/a-images-idx3-ubyte",
        images(0x801, 1, 1),
        "it begins with 0x00000801, not with 0x00000803");
    refused(
        "head/a-images-idx3-ubyte", Arrays.copyOf(images(0x803, 1, 1), 7), "its header is cut off");
    refused(
        "short/a-images-idx3-ubyte",
        images(0x803, 3, 2),
        "3 items of 6 bytes, which is 34 bytes, but it has 28");
    refused("gz/a-images-idx3-ubyte.gz", gzip(images(0x803, 3, 2)), "is 34 bytes, but it has 28");
    byte[] whole = gzip(images(0x803, 3000, 3000));
    refused(
        "cut/a-images-idx3-ubyte.gz",
        Arrays.copyOf(whole, whole.length / 2),
        "which is 18016 bytes, but it has");
    refused("other/readme-ubyte", new byte[9], "is no IDX file by its name");
    refused("alone/a-labels-idx1-ubyte", labels(1), "has no images beside it");
    fixture.write("count/a-labels-idx1-ubyte", labels(1));
    refused("count/a-images-idx3-ubyte", images(0x803, 2, 2), "has 2 images, but");
    fixture.write("half/a-labels-idx1-ubyte", labels(1, 2));
    fixture.write("half/a-images-idx3-ubyte", images(0x803, 2, 2));
    refused(
        "half/b-images-idx3-ubyte",
        images(0x803, 2, 2),
        "b-images-idx3-ubyte has no labels beside it");
  }

  private void refused(String name, byte[] content, String what) {
    Path file = fixture.write(name, content);
    stops(ExitCode.CONTRACT, () -> open(file.getParent().getFileName().toString()))
        .contains(what)
        .contains(file.getParent().getFileName().toString());
  }
}
