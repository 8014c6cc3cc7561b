package org.millrace.notebooks;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.apache.spark.repl.Main;
import org.apache.spark.repl.SparkILoop;
import org.apache.spark.sql.SparkSession;
import scala.collection.JavaConverters;
import scala.runtime.BoxedUnit;
import scala.tools.nsc.GenericRunnerSettings;

/** Spark's REPL for Scala, a paragraph at a time, with the little of Zeppelin that notes use. */
final class Repl implements AutoCloseable {
  private final StringWriter printed = new StringWriter();
  private final SparkILoop loop;

  /**
   * Starts it.
   *
   * @param home what the form {@code home} holds
   * @param root what the form {@code root} holds
   */
  Repl(String home, String root) {
    GenericRunnerSettings settings =
        new GenericRunnerSettings(
            problem -> {
              printed.append(problem).append('\n');
              return BoxedUnit.UNIT;
            });
    List<String> options =
        List.of(
            "-Yrepl-class-based",
            "-Yrepl-outdir",
            Main.outputDir().getAbsolutePath(),
            "-usejavacp");
    settings.processArguments(JavaConverters.asScalaBuffer(options).toList(), true);
    loop =
        new SparkILoop(
            new java.io.BufferedReader(new java.io.StringReader("")),
            new PrintWriter(printed, true));
    loop.settings_$eq(settings);
    loop.createInterpreter();
    loop.intp().initializeSynchronous();
    for (String line :
        List.of(
            "@transient val spark = org.apache.spark.repl.Main.createSparkSession()",
            "import spark.implicits._",
            "import org.apache.spark.sql.functions._",
            "object z { private val forms = Map(\"home\" -> \"\"\"%s\"\"\", \"root\" -> \"\"\"%s\"\"\");"
                    .formatted(home, root)
                + " def textbox(name: String, default: String): Any = forms.getOrElse(name,"
                + " default) }")) {
      run(line);
    }
  }

  /** Runs a paragraph; fails with all that the REPL said where it does not succeed. */
  void run(String code) {
    int before = printed.getBuffer().length();
    String result = loop.intp().interpret(code).toString();
    if (!result.equals("Success")) {
      throw new AssertionError(
          result + ": " + printed.getBuffer().substring(before) + "\nin\n" + code);
    }
  }

  SparkSession spark() {
    return Main.sparkSession();
  }

  @Override
  public void close() {
    spark().stop();
    loop.intp().close();
  }
}
