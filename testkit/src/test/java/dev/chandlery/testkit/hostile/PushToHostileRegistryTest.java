package dev.chandlery.testkit.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.ResponseException;
import dev.chandlery.oci.UnauthorizedException;
import dev.chandlery.oci.client.ClientOptions;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.content.Content;
import dev.chandlery.testkit.Samples;
import dev.chandlery.testkit.hostile.Answer.Delivery;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A push that succeeds has stored the right bytes; one that cannot fails in time. */
class PushToHostileRegistryTest extends HostileFixture {
    private static final Bytes BYTES = Samples.bytes(1, 50_000);
    private static final Descriptor BLOB_OF_BYTES = Samples.blob(BYTES);

    @Test
    void sessionThatVanishesOnce() {
        registry.times(1, "PUT", SESSION, _ -> Answer.error(404, "BLOB_UPLOAD_UNKNOWN"));
        succeeds();
    }

    @Test
    void sessionThatAlwaysVanishes() {
        registry.always("PUT", SESSION, _ -> Answer.error(404, "BLOB_UPLOAD_UNKNOWN"));
        fails(OciException.class);
        assertThat(registry.requests("PUT", SESSION)).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void serverErrorsPass() {
        registry.times(1, "POST", UPLOADS, _ -> Answer.error(503, "UNAVAILABLE"));
        registry.times(1, "PUT", SESSION, _ -> Answer.error(500, "UNKNOWN"));
        succeeds();
    }

    /** GHCR's secondary limit, which is no word on rights. */
    @Test
    void commitThatIsRefusedForAWhile() {
        registry.times(1, "PUT", SESSION, _ -> Answer.error(403, "DENIED")
                .with("Retry-After",
                        "0"));
        succeeds();
    }

    /** Uploads are begun anew after a pause: after one that is as long as the registry asks for. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void commitThatWantsPatience(boolean date) {
        AtomicLong until = new AtomicLong();
        registry.always("PUT", SESSION, request -> {
            long now = System.currentTimeMillis();
            long open = until.updateAndGet(before -> before == 0
                    ? (now / 1000 + 2) * 1000
                    : before);
            return now >= open
                    ? registry.plain().answer(request)
                    : Answer.error(429, "TOOMANYREQUESTS")
                            .with("Retry-After", date
                                    ? DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant
                                            .ofEpochMilli(open)
                                            .atOffset(ZoneOffset.UTC))
                                    : "2");
        });
        succeeds();
        assertThat(registry.requests("PUT", SESSION)).hasSize(2);
    }

    @Test
    void answerThatIsLostAfterTheCommit() {
        registry.times(1, "PUT", SESSION, request -> registry.plain()
                .answer(request)
                .withLength(10)
                .delivered(new Delivery.Reset(0)));
        succeeds();
    }

    @Test
    void silenceInsteadOfAnAnswer() {
        registry.always("POST", UPLOADS, _ -> Answer.of(202, BYTES)
                .delivered(new Delivery.Stall(
                        10)));
        fails(impatientClient(), OciException.class);
    }

    @Test
    void sessionOnAnotherHost() {
        try (HostileRegistry other = HostileRegistry.start()) {
            registry.always("POST", UPLOADS, _ -> Answer.of(202)
                    .with("Location", other.uri(UPLOADS
                            + "session")));
            fails(UnauthorizedException.class);
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void sessionThatRedirectsToAnotherHost() {
        try (HostileRegistry other = HostileRegistry.start()) {
            registry.always("PUT", SESSION, _ -> Answer.of(307)
                    .with("Location", other.uri(UPLOADS
                            + "session")));
            fails(OciException.class);
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void sessionWithoutALocation() {
        registry.always("POST", UPLOADS, _ -> Answer.of(202));
        fails(MalformedContentException.class);
    }

    @Test
    void sessionAtNoAddress() {
        registry.always("POST", UPLOADS, _ -> Answer.of(202).with("Location", "http://[/ :x"));
        fails(MalformedContentException.class);
    }

    @Test
    void commitOfAnotherDigest() {
        registry.always("PUT", SESSION, _ -> Answer.of(201)
                .with("Docker-Content-Digest", Samples
                        .unknownDigest()
                        .toString()));
        fails(ContentMismatchException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 405, 413, 507})
    void refusal(int status) {
        registry.always("PUT", SESSION, _ -> Answer.error(status, "DENIED"));
        fails(OciException.class);
        assertThat(registry.requests("PUT", SESSION)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 405, 416, 501})
    void chunksThatAreRefused(int status) {
        registry.always("PATCH", SESSION, _ -> Answer.error(status, "UNSUPPORTED"));
        endsInTime(options().withChunkBytes(10_000));
    }

    @Test
    void chunkedUploadThatStandsStill() {
        registry.always("PATCH", SESSION, _ -> Answer.of(202)
                .with("Range", "0-0")
                .with("Location", UPLOADS + "session"));
        registry.always("GET", SESSION, _ -> Answer.of(204)
                .with("Range", "0-0")
                .with("Location", UPLOADS + "session"));
        endsInTime(options().withChunkBytes(10_000));
    }

    @Test
    void wrongContentIsNeverCommitted() {
        assertThatThrownBy(() -> client().push(BLOB_OF_BYTES, Content.of(Samples.bytes(2, 50_000))))
                .isInstanceOf(ContentMismatchException.class);
        assertThat(registry.plain().isEmpty()).isTrue();
    }

    @Test
    void mountThatIsRefused() {
        for (int status : new int[]{202, 400, 403, 405, 500}) {
            registry.times(1, "POST", UPLOADS, request -> status == 202
                    ? registry.plain().answer(request)
                    : Answer.error(status, "UNSUPPORTED"));
            assertThat(client().mounter()
                    .orElseThrow()
                    .mount(BLOB_OF_BYTES, new RepositoryName(
                            "test/b"))).isFalse();
        }
    }

    @Test
    void blobThatIsSaidToBeThereButIsNot() {
        registry.always("HEAD", BLOB, _ -> Answer.of(200).withLength(BYTES.size()));
        registry.always("PUT", MANIFEST, _ -> Answer.error(404, "MANIFEST_BLOB_UNKNOWN"));
        Samples.pushBlob(client(), BYTES);
        assertThatThrownBy(() -> Samples.push(client(), Samples.image(BLOB_OF_BYTES))).isInstanceOf(
                ResponseException.class).hasMessageContaining("MANIFEST_BLOB_UNKNOWN");
    }

    @Test
    void manifestStoredUnderAnotherDigest() {
        registry.always("PUT", MANIFEST, _ -> Answer.of(201)
                .with("Docker-Content-Digest", Samples
                        .unknownDigest()
                        .toString()));
        assertThatThrownBy(() -> Samples.push(client(), Samples.image(Descriptor.EMPTY)))
                .isInstanceOf(ContentMismatchException.class);
    }

    @Test
    void answerThatIsLostAfterAManifestWasStored() {
        Function<Request, Answer> lost = request -> registry.plain()
                .answer(request)
                .withLength(10)
                .delivered(new Delivery.Reset(0));
        registry.times(1, "PUT", MANIFEST, lost);
        Descriptor image = Samples.push(client(), Samples.image(Descriptor.EMPTY));
        assertThat(registry.plain().has(image.digest())).isTrue();
    }

    private void succeeds() {
        assertThatCode(() -> client().push(BLOB_OF_BYTES, Content.of(BYTES)))
                .doesNotThrowAnyException();
        assertThat(registry.plain().has(BLOB_OF_BYTES.digest())).isTrue();
    }

    private void fails(Class<? extends OciException> expected) {
        fails(client(), expected);
    }

    private void fails(RemoteRepository client, Class<? extends OciException> expected) {
        assertThatThrownBy(() -> client.push(BLOB_OF_BYTES, Content.of(BYTES))).isInstanceOf(
                expected).hasMessageContaining(BLOB_OF_BYTES.digest().toString());
        assertThat(registry.plain().isEmpty()).isTrue();
    }

    /** Whether by another way or not at all: success is told only when it is one. */
    private void endsInTime(ClientOptions options) {
        boolean success = true;
        try {
            client(options).push(BLOB_OF_BYTES, Content.of(BYTES));
        } catch (OciException _) {
            success = false;
        }
        assertThat(registry.plain().has(BLOB_OF_BYTES.digest())).isEqualTo(success);
    }
}
