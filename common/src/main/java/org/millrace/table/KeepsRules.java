package org.millrace.table;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.Block;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeBlock;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.catalyst.expressions.codegen.FalseLiteral$;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.IndexedSeq;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * True for a row that keeps all rules; one that does not is written down by the task's {@link
 * RowJudge}. One node of the plan for all rules and a flat piece of generated code: what every row
 * pays for is one condition a rule, one comparison and one count.
 *
 * <p>Children are the violations (a rule is broken where its condition is true, not where it is
 * null) and, last, the struct that a reject shows, which is made for rejected rows only.
 */
final class KeepsRules extends Expression implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<Expression> violations;
  private final Expression shown;
  private final RowJudge judge;

  KeepsRules(List<Expression> violations, Expression shown, RowJudge judge) {
    this.violations = new ArrayList<>(violations);
    this.shown = shown;
    this.judge = judge;
  }

  private int words() {
    return Math.max(1, (violations.size() + Long.SIZE - 1) / Long.SIZE);
  }

  /** It counts and writes: neither to be moved nor to be repeated. */
  @Override
  public boolean deterministic() {
    return false;
  }

  @Override
  public boolean nullable() {
    return false;
  }

  @Override
  public DataType dataType() {
    return DataTypes.BooleanType;
  }

  @Override
  public Seq<Expression> children() {
    List<Expression> children = new ArrayList<>(violations);
    children.add(shown);
    return JavaConverters.asScalaBuffer(children);
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    List<Expression> all = JavaConverters.seqAsJavaList(children);
    return new KeepsRules(all.subList(0, all.size() - 1), all.get(all.size() - 1), judge);
  }

  @Override
  public Object eval(InternalRow row) {
    long[] words = new long[words()];
    boolean kept = true;
    for (int i = 0; i < violations.size(); i++) {
      if (Boolean.TRUE.equals(violations.get(i).eval(row))) {
        words[i / Long.SIZE] |= 1L << i;
        kept = false;
      }
    }
    if (kept) {
      judge.pass();
    } else {
      judge.reject(words, (InternalRow) shown.eval(row));
    }
    return kept;
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    String task = context.addReferenceObj("judge", judge, RowJudge.class.getName());
    List<String> words = new ArrayList<>();
    for (int i = 0; i < words(); i++) {
      words.add(context.freshName("broken"));
    }
    Block block =
        text(words.stream().map(w -> "long " + w + " = 0L;\n").collect(Collectors.joining()));
    for (int i = 0; i < violations.size(); i++) {
      ExprCode violation = violations.get(i).genCode(context);
      block =
          block
              .$plus(violation.code())
              .$plus(
                  text(
                      "if (!%s && %s) { %s |= %dL; }\n"
                          .formatted(
                              violation.isNull(),
                              violation.value(),
                              words.get(i / Long.SIZE),
                              1L << i)));
    }
    ExprCode row = shown.genCode(context);
    String kept = String.valueOf(code.value());
    String noneBroken =
        words.stream().map(w -> "(" + w + " == 0L)").collect(Collectors.joining(" && "));
    block =
        block
            .$plus(
                text(
                    "boolean %s = %s;\nif (%s) { %s.pass(); } else {\n"
                        .formatted(kept, noneBroken, kept, task)))
            .$plus(row.code())
            .$plus(
                text(
                    "%s.reject(new long[] {%s}, %s);\n}\n"
                        .formatted(task, String.join(", ", words), row.value())));
    return code.copy(block, FalseLiteral$.MODULE$, code.value());
  }

  /** A piece of generated code. */
  static Block text(String java) {
    return new CodeBlock(
        JavaConverters.asScalaBuffer(List.of(java)), JavaConverters.asScalaBuffer(List.of()));
  }

  @Override
  public String toString() {
    return "KeepsRules(%d rules)".formatted(violations.size());
  }

  @Override
  public Object productElement(int index) {
    return switch (index) {
      case 0 -> violations;
      case 1 -> shown;
      case 2 -> judge;
      default -> throw new IndexOutOfBoundsException(index);
    };
  }

  @Override
  public int productArity() {
    return 3;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof KeepsRules;
  }

  /** Each guard counts for itself: equal is only what has the same judge. */
  @Override
  public boolean equals(Object other) {
    return other instanceof KeepsRules that
        && judge == that.judge
        && violations.equals(that.violations)
        && shown.equals(that.shown);
  }

  @Override
  public int hashCode() {
    return 31 * violations.hashCode() + System.identityHashCode(judge);
  }
}
