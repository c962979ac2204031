package dev.chandlery.registry.endpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.api.HeaderNames;
import dev.chandlery.registry.http.HttpRequest;
import dev.chandlery.registry.http.HttpResponse;
import dev.chandlery.registry.http.ResponseBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Answers in JSON. */
final class JsonAnswers {
    private static final JsonFactory JSON = new JsonFactory();
    private static final MediaType JSON_TYPE = new MediaType("application/json");

    private JsonAnswers() {}

    /** Writes JSON into a generator. */
    @FunctionalInterface
    interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    static Bytes write(Writing writing) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            writing.to(json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing into memory does not fail", e);
        }
        return Bytes.of(out.toByteArray());
    }

    /** Writes an array of strings as a field. */
    static void strings(JsonGenerator json, String field, List<?> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (Object value : values) {
            json.writeString(value.toString());
        }
        json.writeEndArray();
    }

    /** The response with that body, of which HEAD gets the length only. */
    static HttpResponse of(HttpResponse response, HttpRequest request, Bytes body) {
        return of(response, JSON_TYPE, request, body);
    }

    /** As the other, of a type that is told apart from plain JSON. */
    static HttpResponse of(HttpResponse response, MediaType type, HttpRequest request,
            Bytes body) {
        return of(response, type.value(), request, body);
    }

    /** As the others, of any type. */
    static HttpResponse of(HttpResponse response, String type, HttpRequest request, Bytes body) {
        HttpResponse typed = response.with(HeaderNames.CONTENT_TYPE, type);
        return request.isHead()
                ? typed.withBody(new ResponseBody.LengthOnly(body.size()))
                : typed.withBody(new ResponseBody.Whole(body));
    }
}
