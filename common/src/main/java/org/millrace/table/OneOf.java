package org.millrace.table;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import scala.collection.IndexedSeq;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Whether a string is one of a closed list: {@code In} without an expression node for each value,
 * and a hash table where {@code InSet} walks a Scala trie.
 */
final class OneOf extends Expression implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Expression value;
  private final Set<UTF8String> list;

  OneOf(Expression value, List<String> list) {
    this(value, list.stream().map(UTF8String::fromString).collect(Collectors.toUnmodifiableSet()));
  }

  private OneOf(Expression value, Set<UTF8String> list) {
    this.value = value;
    this.list = list;
  }

  @Override
  public Seq<Expression> children() {
    return JavaConverters.asScalaBuffer(List.of(value));
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return new OneOf(children.head(), list);
  }

  @Override
  public boolean nullable() {
    return value.nullable();
  }

  @Override
  public DataType dataType() {
    return DataTypes.BooleanType;
  }

  @Override
  public Object eval(InternalRow row) {
    Object string = value.eval(row);
    return string == null ? null : list.contains(string);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    String set = context.addReferenceObj("list", list, Set.class.getName());
    ExprCode string = value.genCode(context);
    String found = "boolean %s = !%s && %s.contains(%s);\n";
    return code.copy(
        string
            .code()
            .$plus(
                KeepsRules.text(
                    found.formatted(code.value(), string.isNull(), set, string.value()))),
        string.isNull(),
        code.value());
  }

  @Override
  public String toString() {
    return "%s IN (%d values)".formatted(value, list.size());
  }

  @Override
  public Object productElement(int index) {
    return switch (index) {
      case 0 -> value;
      case 1 -> list;
      default -> throw new IndexOutOfBoundsException(index);
    };
  }

  @Override
  public int productArity() {
    return 2;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof OneOf;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OneOf that && value.equals(that.value) && list.equals(that.list);
  }

  @Override
  public int hashCode() {
    return 31 * value.hashCode() + list.hashCode();
  }
}
