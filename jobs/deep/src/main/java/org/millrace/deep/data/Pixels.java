package org.millrace.deep.data;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.millrace.config.Check;

/** Where the pixels of an image stand. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Pixels.File.class, name = "file"),
  @JsonSubTypes.Type(value = Pixels.Raw.class, name = "raw"),
  @JsonSubTypes.Type(value = Pixels.Array.class, name = "array"),
  @JsonSubTypes.Type(value = Pixels.Columns.class, name = "columns"),
})
public sealed interface Pixels extends Serializable {

  /**
   * The columns that hold them.
   *
   * @param numbers height x width x channels
   */
  List<String> columns(int numbers);

  /**
   * In an image file, JPEG or PNG.
   *
   * @param resize whether images of another size are resized; they are refused otherwise
   */
  record File(String column, boolean resize) implements Pixels {
    public File {
      requireName(column);
    }

    @Override
    public List<String> columns(int numbers) {
      return List.of(column);
    }
  }

  /** In bytes without a header, one a pixel and channel. */
  record Raw(String column, Order order) implements Pixels {
    public Raw {
      requireName(column);
    }

    @Override
    public List<String> columns(int numbers) {
      return List.of(column);
    }
  }

  /** In an array of whole numbers from 0 to 255. */
  record Array(String column, Order order) implements Pixels {
    public Array {
      requireName(column);
    }

    @Override
    public List<String> columns(int numbers) {
      return List.of(column);
    }
  }

  /**
   * In a column a pixel and channel: {@code prefix} and a running number.
   *
   * @param first the number of the first one
   */
  record Columns(String prefix, int first, Order order) implements Pixels {
    public Columns {
      Check.that(first >= 0, "first", first, "0 or more");
    }

    @Override
    public List<String> columns(int numbers) {
      return IntStream.range(first, first + numbers).mapToObj(i -> prefix + i).toList();
    }
  }

  /** Which number follows which; each row of pixels after the one above. */
  enum Order {
    /** All channels of a pixel, then the next pixel. */
    INTERLEAVED,
    /** All pixels of a channel, then the next channel. */
    PLANAR
  }

  private static void requireName(String column) {
    Check.that(!column.isBlank(), "column", column, "the name of a column");
  }
}
