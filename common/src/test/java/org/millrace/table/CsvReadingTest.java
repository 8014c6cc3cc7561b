package org.millrace.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.table.Fixture.ref;
import static org.millrace.table.Stops.stops;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.BZip2Codec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.outcome.ExitCode;

final class CsvReadingTest {
  @TempDir Path folder;
  private Fixture fixture;

  @BeforeEach
  void contract() {
    fixture = new Fixture(folder).contract("plain.v1", Fixture.PLAIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t", "::", "|", "||"})
  void splitsAtTheDelimiter(String delimiter) {
    String text = "u,n,x\na,1,2.5\nb,,\n,7,\nc,,3\n".replace(",", delimiter);
    Path file = fixture.write("t.csv", text);

    try (CheckedTable table = fixture.open(ref(file, "plain.v1").delimiter(delimiter).build())) {
      table.cache();

      assertThat(Fixture.sorted(table.rows()))
          .containsExactly("[a,1,2.5]", "[b,null,null]", "[c,null,3.0]");
      assertThat(Fixture.reasons(table)).containsExactly("u is missing");
    }
  }

  @Test
  void readsQuotedFields() {
    Path file =
        fixture.write("t.csv", "u,n,x\r\n\"a,\"\"b\"\"\",\"1\",2\r\n\" c \",3,4\r\n d ,5,6\r\n");

    try (CheckedTable table = fixture.open(file).cache()) {
      assertThat(Fixture.sorted(table.rows()))
          .containsExactly("[ c ,3,4.0]", "[a,\"b\",1,2.0]", "[d,5,6.0]");
    }
  }

  @Test
  void readsFieldsOfSeveralLinesWhereToldTo() {
    Path file = fixture.write("t.csv", "n,u,x\n1,\"a\nb\",2\n3,c,4\n5,d\n");

    try (CheckedTable table = fixture.open(ref(file, "plain.v1").multiline().build()).cache()) {
      assertThat(Fixture.sorted(table.rows())).containsExactly("[a\nb,1,2.0]", "[c,3,4.0]");
      assertThat(table.rejected()).isEqualTo(1);
    }
  }

  @Test
  void decodesTheEncoding() {
    Path file = fixture.write("t.csv", "u,n,x,ü\né,1,2,ä\n", StandardCharsets.ISO_8859_1);

    try (CheckedTable table =
        fixture.open(ref(file, "plain.v1").encoding("ISO-8859-1").build()).cache()) {
      assertThat(Fixture.sorted(table.rows())).containsExactly("[é,1,2.0]");
      assertThat(table.unknownColumns()).containsExactly("ü");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "ISO-8859-1"})
  void passesOverAByteOrderMark(String encoding) {
    Charset utf8 = StandardCharsets.UTF_8;
    Path named = fixture.write("named.csv", "\uFEFF\"u\",n,x\na,1,2\n", utf8);
    Path bare = fixture.write("bare.csv", "\uFEFFa,1,2\nb,3,4\n", utf8);

    try (CheckedTable table =
        fixture.open(ref(named, "plain.v1").encoding(encoding).build()).cache()) {
      assertThat(Fixture.sorted(table.rows())).containsExactly("[a,1,2.0]");
    }
    TableRef withoutNames =
        ref(bare, "plain.v1")
            .encoding(encoding)
            .withoutHeader()
            .columns(Map.of("u", "_c0", "n", "_c1", "x", "_c2"))
            .build();
    try (CheckedTable table = fixture.open(withoutNames).cache()) {
      assertThat(Fixture.sorted(table.rows())).containsExactly("[a,1,2.0]", "[b,3,4.0]");
    }
  }

  @Test
  void readsCompressedFiles() throws IOException {
    byte[] text = "u,n,x\na,1,2\n".getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (OutputStream stream = new GZIPOutputStream(gzip)) {
      stream.write(text);
    }
    ByteArrayOutputStream bzip2 = new ByteArrayOutputStream();
    BZip2Codec codec = new BZip2Codec();
    codec.setConf(new Configuration());
    try (OutputStream stream = codec.createOutputStream(bzip2)) {
      stream.write(text);
    }
    fixture.write("both/a.csv.gz", gzip.toByteArray());
    fixture.write("both/b.csv.bz2", bzip2.toByteArray());

    try (CheckedTable table = fixture.open(fixture.path("both")).cache()) {
      assertThat(Fixture.sorted(table.rows())).containsExactly("[a,1,2.0]", "[a,1,2.0]");
    }
  }

  @Test
  void numbersRepeatedNames() {
    Path file = fixture.write("t.csv", "u,n,u,U,n#2,n\na,1,b,c,2,3\n");

    stops(ExitCode.CONTRACT, () -> fixture.open(file)).contains("'u' more than once", "\"u#2\"");

    TableRef chosen = ref(file, "plain.v1").columns(Map.of("u", "u#2", "n", "n#3")).build();
    try (CheckedTable table = fixture.open(chosen).cache()) {
      assertThat(Fixture.sorted(table.rows())).containsExactly("[b,3,null]");
      assertThat(table.unknownColumns()).containsExactly("u", "n", "U#3", "n#2");
    }
  }

  @Test
  void readsAHeaderThatBeginsLikeAComment() {
    Path file = fixture.write("t.csv", "#u,n,x\na,1,2\n#b,3,4\n");

    TableRef renamed = ref(file, "plain.v1").columns(Map.of("u", "#u")).build();
    try (CheckedTable table = fixture.open(renamed).cache()) {
      assertThat(Fixture.sorted(table.rows())).containsExactly("[#b,3,4.0]", "[a,1,2.0]");
    }
  }

  @Test
  void readsAColumnNamedAsItsOwn() {
    Path file = fixture.write("t.csv", "u,_line,n\na,b,1\nc\n");

    try (CheckedTable table = fixture.open(file).cache()) {
      assertThat(Fixture.sorted(table.rows())).containsExactly("[a,1,null]");
      assertThat(table.unknownColumns()).containsExactly("_line");
      assertThat(Fixture.rulesByRow(table).values().iterator().next())
          .containsExactly("row.malformed");
    }
  }

  @Test
  void rejectsLinesOfAnotherLength() {
    Path file = fixture.write("t.csv", "u,n,x,y\na,1,2,3\nb,1,2\nc,1,2,3,4\n\nd,1,2,\n");

    try (CheckedTable table = fixture.open(file).cache()) {
      assertThat(Fixture.sorted(table.rows())).containsExactly("[a,1,2.0]", "[d,1,2.0]");
      assertThat(Fixture.reasons(table))
          .containsExactly(
              "the line is 'b,1,2', must be a line of 4 fields, as the first one",
              "the line is 'c,1,2,3,4', must be a line of 4 fields, as the first one");
    }
  }

  @Test
  void readsAFolderOfEqualHeadersOnly() {
    fixture.write("f/a.csv", "u,n,x\na,1,2\n");
    fixture.write("f/b.csv", "\"u\" ,n,x\nb,1,2\n");
    fixture.write("f/c.csv", "u,n,x\n");
    fixture.write("f/empty.csv", "");
    fixture.write("f/_hidden.csv", "other\n");

    try (CheckedTable table = fixture.open(fixture.path("f")).cache()) {
      assertThat(Fixture.sorted(table.rows())).containsExactly("[a,1,2.0]", "[b,1,2.0]");
    }
    fixture.write("f/d.csv", "n,u,x\n1,d,2\n");
    stops(ExitCode.CONTRACT, () -> fixture.open(fixture.path("f")))
        .contains("d.csv", "[n, u, x]", "[u, n, x]", "same header");
  }

  @Test
  void readsPartitionFolders() {
    fixture.write("p/n=1/a.csv", "u,x\na,2\nlong,2,3\n");
    fixture.write("p/n=2/a.csv", "u,x\nb,3\n");

    try (CheckedTable table =
        fixture.open(ref(fixture.path("p"), "plain.v1").format(TableRef.Format.CSV).build())) {
      table.cache();
      assertThat(Fixture.sorted(table.rows())).containsExactly("[a,1,2.0]", "[b,2,3.0]");
      assertThat(table.rejected()).isEqualTo(1);
    }
  }

  @Test
  void hintsAtAnotherDelimiter() {
    Path file = fixture.write("t.csv", "u;n;x\na;1;2\n");
    stops(ExitCode.CONTRACT, () -> fixture.open(file)).contains("csv.delimiter", "u;n;x");
    TableRef bare =
        ref(file, "plain.v1").withoutHeader().columns(Map.of("u", "_c0", "n", "_c1")).build();
    stops(ExitCode.CONTRACT, () -> fixture.open(bare)).contains("'_c1'", "csv.delimiter");
  }
}
