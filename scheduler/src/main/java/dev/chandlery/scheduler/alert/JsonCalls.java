package dev.chandlery.scheduler.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.HttpReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Calls with a body of JSON. */
final class JsonCalls {
    private static final MediaType JSON = new MediaType("application/json");

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private JsonCalls() {}

    static HttpCall with(HttpCall call, JsonNode body) {
        Bytes bytes = Bytes.of(body.toString().getBytes(StandardCharsets.UTF_8));
        return call.withBody(Content.of(bytes), bytes.size(), JSON);
    }

    /** The answer, which may be a list. */
    static JsonNode answer(HttpReply reply, long mostBytes, String what) {
        try {
            return MAPPER.readTree(reply.bytes(mostBytes).toArray());
        } catch (IOException e) {
            throw new MalformedContentException("cannot read " + what + ": it is no JSON", e);
        }
    }
}
