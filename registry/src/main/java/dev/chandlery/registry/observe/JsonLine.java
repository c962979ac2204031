package dev.chandlery.registry.observe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** A JSON object on one line. */
final class JsonLine {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonLine() {}

    /** Numbers are written as such, everything else as text. */
    static String of(Map<String, ?> fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            for (Map.Entry<String, ?> field : fields.entrySet()) {
                switch (field.getValue()) {
                    case Long number -> json.writeNumberField(field.getKey(), number);
                    case Double number -> json.writeNumberField(field.getKey(), number);
                    case Object value -> json.writeStringField(field.getKey(), value.toString());
                }
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing into memory does not fail", e);
        }
        return text.toString();
    }
}
