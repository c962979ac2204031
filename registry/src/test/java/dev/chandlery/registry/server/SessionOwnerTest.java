package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An upload session belongs to who opened it, others who may push there included. */
final class SessionOwnerTest {
    private static final Bytes BLOB = Bytes.ofUtf8("what red uploads");
    private static final String ABSENT = "/v2/public/a/blobs/uploads/"
            + "00000000000000000000000000000000";

    @TempDir
    private Path folder;
    private RunningRegistry registry;
    private String session;

    @BeforeEach
    void open() {
        registry = RunningRegistry.start(folder, Accounts.options(folder));
        session = send("red", "POST", "/v2/public/a/blobs/uploads/", "").headers()
                .firstValue("Location")
                .orElseThrow();
        assertThat(send("red", "PATCH", session, BLOB.utf8()).statusCode()).isEqualTo(202);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PATCH", "PUT", "DELETE"})
    void aForeignSessionIsAsOneThatIsNotThere(String method) {
        String query = method.equals("PUT") ? "?digest=" + BLOB.digest() : "";
        HttpResponse<String> foreign = send("blue", method, session + query, "");
        HttpResponse<String> absent = send("blue", method, ABSENT + query, "");
        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(foreign.body()).contains("BLOB_UPLOAD_UNKNOWN").isEqualTo(absent.body());
        assertThat(finish().statusCode()).as("still there").isEqualTo(201);
    }

    @Test
    void asksItsOwnerForTheRest() {
        assertThat(send("ops", "GET", session, "").statusCode()).isEqualTo(404);
        assertThat(send("red", "GET", session, "").headers().firstValue("Range")).contains("0-"
                + (BLOB.size() - 1));
    }

    private HttpResponse<String> finish() {
        return send("red", "PUT", session + "?digest=" + BLOB.digest(), "");
    }

    private HttpResponse<String> send(String who, String method, String target, String body) {
        PlainClient.Call call = registry.call(method, target)
                .header("Authorization", Accounts.basic(who));
        return (body.isEmpty() ? call : call.body(Bytes.ofUtf8(body))).send();
    }
}
