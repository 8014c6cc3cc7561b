package org.millrace.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;

/**
 * One task's rejects: counts what it sees, writes what it refuses, and reports both when the task
 * ends.
 */
final class TaskRejects {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHOWN_VALUE = 60;
  private static final int SHOWN_ROW = 160;
  private static final ConcurrentMap<String, TaskRejects> RUNNING = new ConcurrentHashMap<>();

  private final Guard.Spec spec;
  private final TaskContext context;
  private final Map<Integer, Long> byRule = new HashMap<>();
  private final Map<Integer, List<String>> examples = new HashMap<>();
  private long seen;
  private long rejected;
  private RejectLog log;

  private TaskRejects(Guard.Spec spec, TaskContext context) {
    this.spec = spec;
    this.context = context;
  }

  /** The task's own, made at its first row. */
  static TaskRejects of(Guard.Spec spec, Tally tally, TaskContext context) {
    if (context == null) {
      throw new IllegalStateException("rows are checked by tasks only, not on the driver");
    }
    String key = spec.guardId() + "/" + context.taskAttemptId();
    TaskRejects running = RUNNING.get(key);
    if (running == null) {
      TaskRejects made = new TaskRejects(spec, context);
      RUNNING.put(key, made);
      TaskCompletionListener end =
          c -> {
            RUNNING.remove(key);
            tally.add(made.close());
          };
      context.addTaskCompletionListener(end);
      running = made;
    }
    return running;
  }

  boolean belongsTo(TaskContext other) {
    return context == other;
  }

  void see() {
    seen++;
  }

  void reject(Row row, List<Integer> broken) throws IOException {
    ObjectNode values = json(row);
    JsonNode told = values.remove(RowCheck.REASON);
    List<String> names = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (int index : broken) {
      RowCheck.BrokenRule rule = spec.rules().get(index);
      String reason =
          rule.column().equals(RowCheck.REASON)
              ? told.asText() + "; must be " + rule.accepted()
              : reason(rule, values);
      names.add(rule.rule());
      reasons.add(reason);
      byRule.merge(index, 1L, Long::sum);
      List<String> kept = examples.computeIfAbsent(index, i -> new ArrayList<>());
      if (kept.size() < Tally.EXAMPLES && kept.stream().noneMatch(k -> k.startsWith(reason))) {
        kept.add(reason + ", in " + shortened(read(values), SHOWN_ROW));
      }
    }
    if (log == null) {
      String name =
          "part-%05d-%s-%d.jsonl"
              .formatted(context.partitionId(), spec.guardId(), context.taskAttemptId());
      log = RejectLog.create(new Path(spec.directory(), name), spec.hadoop().value().value());
    }
    log.write(new RejectLog.Entry(spec.input(), values.toString(), names, reasons, spec.runId()));
    rejected++;
  }

  /**
   * Numbers and booleans as they are, anything else as text; NaN and infinities too, since JSON has
   * no numbers for them. Times are in UTC, bytes in hexadecimal.
   */
  private static ObjectNode json(Row row) {
    ObjectNode json = JSON.createObjectNode();
    for (int i = 0; i < row.length(); i++) {
      Object value = row.get(i);
      boolean plain = value == null || value instanceof Boolean || isFinite(value);
      json.set(row.schema().apply(i).name(), JSON.valueToTree(plain ? value : text(value)));
    }
    return json;
  }

  private static String text(Object value) {
    if (value instanceof java.sql.Timestamp timestamp) {
      return timestamp.toInstant().toString();
    }
    if (value instanceof scala.collection.Seq<?> array) {
      return array.mkString("[", ", ", "]");
    }
    return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString();
  }

  private static boolean isFinite(Object value) {
    return value instanceof Number number && Double.isFinite(number.doubleValue());
  }

  private static String reason(RowCheck.BrokenRule rule, JsonNode values) {
    if (rule.column().isEmpty()) {
      return "the row must be " + rule.accepted();
    }
    JsonNode value = values.path(rule.column());
    if (value.isNull() || value.isMissingNode()) {
      return rule.column() + " is missing";
    }
    String shown = shortened(value.asText(), SHOWN_VALUE);
    String what = rule.rule().equals(RowCheck.MALFORMED) ? "the line" : rule.column();
    return "%s is '%s', must be %s".formatted(what, shown, rule.accepted());
  }

  /** The row as people know it: without the place for a line that could not be split. */
  private static String read(ObjectNode row) {
    ObjectNode shown = row.deepCopy();
    if (shown.path(SourceReader.LINE).isNull()) {
      shown.remove(SourceReader.LINE);
    }
    return shown.toString();
  }

  private static String shortened(String text, int length) {
    return text.length() > length ? text.substring(0, length) + "..." : text;
  }

  private Tally.Partition close() {
    String written = "";
    if (log != null) {
      log.close();
      written = log.path();
    }
    return new Tally.Partition(
        context.partitionId(), seen, rejected, written, Map.copyOf(byRule), Map.copyOf(examples));
  }
}
