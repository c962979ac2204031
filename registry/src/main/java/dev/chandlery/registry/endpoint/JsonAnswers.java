package dev.chandlery.registry.endpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.api.HeaderNames;
import dev.chandlery.registry.http.HttpRequest;
import dev.chandlery.registry.http.HttpResponse;
import dev.chandlery.registry.http.ResponseBody;
import dev.chandlery.registry.limit.AnswerMemory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Answers in JSON. */
final class JsonAnswers {
    private static final JsonFactory JSON = new JsonFactory();
    private static final MediaType JSON_TYPE = new MediaType("application/json");

    private static final int SMALL_BYTES = 512;
    private static final int QUOTED = 3;

    private JsonAnswers() {}

    /** Writes JSON into a generator. */
    @FunctionalInterface
    interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    static Bytes write(Writing writing) {
        return write(SMALL_BYTES, writing);
    }

    private static Bytes write(int size, Writing writing) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(size);
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

    /**
     * The response with an object as body that has a list of these values.
     *
     * @param account whose share of the memory for large answers it uses
     * @param fields writes all of them
     * @throws dev.chandlery.registry.refusal.RefusedException 429 when that is used up
     */
    static HttpResponse list(HttpResponse response, HttpRequest request, String account,
            List<?> values, Writing fields) {
        long size = SMALL_BYTES;
        for (Object value : values) {
            size += value.toString().length() + QUOTED;
        }
        return of(response.with(HeaderNames.CONTENT_TYPE, JSON_TYPE.value()), request,
                AnswerMemory.ofProcess().take(account, size), size, json -> {
                    json.writeStartObject();
                    fields.to(json);
                    json.writeEndObject();
                });
    }

    /**
     * The response with a body that may be large, of which HEAD gets the length only.
     *
     * @param room for it, closed when it has been sent
     * @param size about as many bytes as it will have
     */
    static HttpResponse of(HttpResponse response, HttpRequest request, AnswerMemory.Room room,
            long size, Writing writing) {
        boolean whole = false;
        try {
            Bytes body = write((int) size, writing);
            room.made(body.size());
            whole = !request.isHead();
            return response.withBody(whole
                    ? new ResponseBody.Whole(body, room::close)
                    : new ResponseBody.LengthOnly(body.size()));
        } finally {
            if (!whole) {
                room.close();
            }
        }
    }

    /** The response with that body, of which HEAD gets the length only. */
    static HttpResponse of(HttpResponse response, HttpRequest request, Bytes body) {
        return of(response, JSON_TYPE.value(), request, body);
    }

    /** As the other, of any type. */
    static HttpResponse of(HttpResponse response, String type, HttpRequest request, Bytes body) {
        HttpResponse typed = response.with(HeaderNames.CONTENT_TYPE, type);
        return request.isHead()
                ? typed.withBody(new ResponseBody.LengthOnly(body.size()))
                : typed.withBody(new ResponseBody.Whole(body));
    }
}
