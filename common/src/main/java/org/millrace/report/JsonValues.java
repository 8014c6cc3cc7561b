package org.millrace.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * How {@code run.json} holds the values that plain Jackson does not know: instants as ISO 8601 in
 * UTC, an empty optional as null, and a number that JSON cannot write as null.
 */
final class JsonValues {

  private JsonValues() {}

  static Module module() {
    DoubleReader doubles = new DoubleReader();
    return new SimpleModule("millrace-run")
        .addSerializer(Instant.class, new InstantWriter())
        .addDeserializer(Instant.class, new InstantReader())
        .addSerializer(Optional.class, new OptionalWriter())
        .addDeserializer(Optional.class, new OptionalReader(null))
        .addSerializer(Double.class, new DoubleWriter())
        .addSerializer(double.class, new DoubleWriter())
        .addDeserializer(Double.class, doubles)
        .addDeserializer(double.class, doubles);
  }

  private static final class InstantWriter extends JsonSerializer<Instant> {
    @Override
    public void serialize(Instant value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(value.toString());
    }
  }

  private static final class InstantReader extends JsonDeserializer<Instant> {
    @Override
    public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
      String text = json.getText();
      try {
        return Instant.parse(text);
      } catch (DateTimeException e) {
        Instant never =
            (Instant)
                context.handleWeirdStringValue(
                    Instant.class, text, "not an instant such as 2024-05-01T10:15:30Z");
        return never;
      }
    }
  }

  @SuppressWarnings("rawtypes") // Jackson registers it for the class, which is raw.
  private static final class OptionalWriter extends JsonSerializer<Optional> {
    @Override
    public void serialize(Optional value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (value.isPresent()) {
        provider.defaultSerializeValue(value.get(), json);
      } else {
        json.writeNull();
      }
    }
  }

  @SuppressWarnings("rawtypes") // Jackson registers it for the class, which is raw.
  private static final class OptionalReader extends JsonDeserializer<Optional>
      implements ContextualDeserializer {
    private final JavaType content;

    OptionalReader(JavaType content) {
      this.content = content;
    }

    @Override
    public JsonDeserializer<?> createContextual(
        DeserializationContext context, BeanProperty property) {
      return new OptionalReader(context.getContextualType().containedType(0));
    }

    @Override
    public Optional deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      Object value = context.readValue(json, content);
      return Optional.of(value);
    }

    @Override
    public Optional getNullValue(DeserializationContext context) {
      return Optional.empty();
    }
  }

  private static final class DoubleWriter extends JsonSerializer<Double> {
    @Override
    public void serialize(Double value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (Double.isFinite(value)) {
        json.writeNumber(value);
      } else {
        json.writeNull();
      }
    }
  }

  private static final class DoubleReader extends JsonDeserializer<Double> {
    @Override
    public Double deserialize(JsonParser json, DeserializationContext context) throws IOException {
      return json.getDoubleValue();
    }

    @Override
    public Double getNullValue(DeserializationContext context) {
      return Double.NaN;
    }
  }
}
