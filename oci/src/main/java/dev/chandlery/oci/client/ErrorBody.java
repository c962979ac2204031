package dev.chandlery.oci.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.ResponseException.WireError;
import dev.chandlery.oci.http.HttpReply;
import dev.chandlery.oci.json.LenientJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The error codes of an answer, read with tolerance: what is no error body gives no codes.
 *
 * <p><b>Spec:</b> distribution-spec v1.1.1, Error Codes.
 */
final class ErrorBody {
    private static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_ERRORS = 10;
    private static final int MAX_TEXT = 300;

    private ErrorBody() {}

    static List<WireError> read(HttpReply reply) {
        try {
            byte[] body = reply.body().readNBytes(MAX_BYTES);
            JsonNode errors = LenientJson.read("errors", Bytes.of(body)).path("errors");
            List<WireError> found = new ArrayList<>();
            for (JsonNode error : errors) {
                if (found.size() < MAX_ERRORS) {
                    found.add(new WireError(clean(error.path("code").asText("")),
                            clean(error.path("message").asText(""))));
                }
            }
            return List.copyOf(found);
        } catch (IOException | MalformedContentException _) {
            return List.of();
        }
    }

    /** As it may be shown on a terminal. */
    private static String clean(String text) {
        String printable = text.replaceAll("[\\p{Cntrl}\\p{Cf}]", " ");
        return printable.length() > MAX_TEXT ? printable.substring(0, MAX_TEXT) + "…" : printable;
    }
}
