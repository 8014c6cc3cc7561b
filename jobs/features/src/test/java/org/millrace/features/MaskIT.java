package org.millrace.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.HmacUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.testing.Cli;
import org.millrace.testing.CommandResult;
import org.millrace.testing.PublishedRows;

/** A table with tags in, a masked one out, by the command line. */
class MaskIT {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  @TempDir Path folder;

  private static String column(String name, String type, String more) {
    return "      - {name: %s, logicalType: %s, required: true%s}\n".formatted(name, type, more);
  }

  private void contract(String name, String... columns) throws IOException {
    Path schemas = Files.createDirectories(folder.resolve("schemas"));
    Files.writeString(
        schemas.resolve(name + ".v1.odcs.yaml"),
        """
        kind: DataContract
        apiVersion: v3.1.0
        id: %s
        name: %s
        version: 1.0.0
        status: active
        schema:
          - name: people
            logicalType: object
            properties:
        """
                .formatted(name, name)
            + String.join("", columns));
  }

  private CommandResult run(String... more) throws IOException {
    contract(
        "people",
        column("id", "integer", ", tags: [pii.id]"),
        column("name", "string", ", classification: restricted"),
        column("born", "date", ", tags: [quasi]"),
        column("income", "number", ", tags: [money]"),
        column("post", "string", ", tags: [post]"),
        column("note", "string", ", tags: [free-text]"),
        column("likes", "string", ""));
    contract(
        "masked",
        column("id", "string", ""),
        column("name", "string", ""),
        column("born", "date", ""),
        column("income", "number", ""),
        column("post", "string", ""),
        column("likes", "string", ""));
    Files.writeString(folder.resolve("key"), SECRET);
    Path people =
        Files.writeString(
            folder.resolve("people.csv"),
            """
            id,name,born,income,post,note,likes
            7,Anna,1990-05-17,41234.5,10115,call,tea
            8,Bert,1985-12-01,-1,80331,mail,milk
            """);
    Path useCase =
        Files.writeString(
            folder.resolve("masking.conf"),
            """
            use-case = masking
            data-schemas = "%s"
            steps = [features.mask]
            features.mask {
              table { path = "%s", contract = people.v1 }
              output = masked
              published-contract = masked.v1
              key-file = "%s"
              rules = [
                { tag = pii.id, masking { kind = pseudonymise, pseudonymise.domain = person } }
                { tag = restricted, masking.kind = redact }
                { tag = quasi, masking { kind = truncate, truncate.to = year } }
                { tag = money, masking { kind = bin, bin.width = 1000 } }
                { tag = post, masking { kind = prefix, prefix.characters = 2 } }
                { tag = free-text, masking.kind = drop }
              ]
            }
            """
                .formatted(folder.resolve("schemas"), people, folder.resolve("key")));
    String[] line = {
      "run", useCase.toString(), "--root", root().toString(), "--date", "2026-01-31"
    };
    return Cli.run(Stream.concat(Stream.of(line), Stream.of(more)).toArray(String[]::new));
  }

  private Path root() {
    return folder.resolve("root");
  }

  @Test
  void columnsAreMaskedByTheirTagsAndTheKeyIsNowhere() throws IOException {
    CommandResult result = run();
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    String anna =
        new HmacUtils("HmacSHA256", SECRET.getBytes(java.nio.charset.StandardCharsets.UTF_8))
            .hmacHex("person\0" + "7");
    Path table = root().resolve("tables/masked/ds=2026-01-31");
    assertThat(PublishedRows.of(table, "likes", "name", "income", "post"))
        .containsExactly("milk REDACTED -1000.0 80", "tea REDACTED 41000.0 10");
    assertThat(PublishedRows.of(table, "id")).contains(anna.substring(0, 32)).hasSize(2);
    // Days since 1970-01-01 of the first of January 1985 and 1990.
    assertThat(PublishedRows.of(table, "born")).containsExactly("5479", "7305");
    try (Stream<Path> files = Files.walk(root())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(content.contains(SECRET)).as(file.toString()).isFalse();
        assertThat(content.contains("Anna")).as(file.toString()).isFalse();
      }
    }
  }

  @Test
  void aTagWithoutARuleAndAWrongContractStopTheRun() throws IOException {
    CommandResult uncovered =
        run("--set", "features.mask.rules=[{ tag = restricted, masking.kind = redact }]");
    assertThat(uncovered.exitCode()).isEqualTo(2);
    assertThat(uncovered.report(root()).message()).contains("column id", "pii.id", "add a rule");
    CommandResult wrong = run("--set", "features.mask.published-contract=people.v1");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.report(root()).message())
        .contains("column id of type BIGINT, but after masking it is STRING");
  }
}
