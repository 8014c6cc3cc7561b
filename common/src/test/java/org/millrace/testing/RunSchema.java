package org.millrace.testing;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What {@code docs/run.schema.json} says of a {@code run.json}. */
public final class RunSchema {
  private static final Path SCHEMA =
      Path.of(System.getProperty("millrace.home"), "docs", "run.schema.json");

  private RunSchema() {}

  /** Empty where the file is valid. */
  public static List<String> problems(Path runJson) throws IOException {
    SchemaValidatorsConfig formats =
        SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    return JsonSchemaFactory.getInstance(VersionFlag.V202012)
        .getSchema(Files.readString(SCHEMA), formats)
        .validate(Files.readString(runJson), InputFormat.JSON)
        .stream()
        .map(Object::toString)
        .toList();
  }
}
