package dev.chandlery.testkit.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.ResponseException;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.testkit.Samples;
import dev.chandlery.testkit.hostile.Answer.Delivery;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Whatever a registry sends: the right bytes, or an error in time. */
class FetchFromHostileRegistryTest extends HostileFixture {
    private static final Bytes BYTES = Samples.bytes(1, 50_000);

    private final Descriptor blob = registry.plain().put(BYTES);

    @Test
    void wrongBytes() {
        spoilBlob(answer -> answer.withBody(Samples.bytes(2, 50_000)));
        fails(ContentMismatchException.class);
    }

    @Test
    void oneWrongByteAtTheEnd() {
        byte[] wrong = BYTES.toArray();
        wrong[wrong.length - 1]++;
        spoilBlob(answer -> answer.withBody(Bytes.of(wrong)));
        fails(ContentMismatchException.class);
    }

    @Test
    void bodyThatIsShorterThanItsLength() {
        spoilBlob(answer -> answer.delivered(new Delivery.Cut(20_000)));
        fails(OciException.class);
        assertThat(registry.requests("GET", BLOB)).hasSizeLessThan(12);
    }

    @Test
    void bodyThatEndsEarlyWithoutALength() {
        spoilBlob(answer -> answer.withoutLength().delivered(new Delivery.Cut(20_000)));
        fails(OciException.class);
    }

    @Test
    void lengthOfAnotherBlob() {
        spoilBlob(answer -> answer.withBody(Samples.bytes(1, 60_000)));
        fails(ContentMismatchException.class);
    }

    @Test
    void bodyWithoutEndIsReadToItsProperEnd() {
        spoilBlob(answer -> answer.withoutLength().delivered(new Delivery.Endless()));
        assertThat(Samples.fetch(client(), blob)).isEqualTo(BYTES);
    }

    @Test
    void wrongBodyWithoutEnd() {
        spoilBlob(answer -> answer.withBody(Samples.bytes(3, 7))
                .withoutLength()
                .delivered(new Delivery.Endless()));
        fails(ContentMismatchException.class);
    }

    @Test
    void slowDrip() {
        spoilBlob(answer -> answer.delivered(new Delivery.Drip(Duration.ofMillis(20))));
        fails(impatientClient(), TransferException.class);
    }

    @Test
    void silenceInTheMiddle() {
        spoilBlob(answer -> answer.delivered(new Delivery.Stall(20_000)));
        fails(impatientClient(), TransferException.class);
    }

    @Test
    void resetInTheMiddleOnceIsSurvived() {
        registry.times(1, "GET", BLOB, request -> registry.plain()
                .answer(request)
                .delivered(new Delivery.Reset(20_000)));
        assertThat(Samples.fetch(client(), blob)).isEqualTo(BYTES);
    }

    @Test
    void resetInTheMiddleAlways() {
        spoilBlob(answer -> answer.delivered(new Delivery.Reset(20_000)));
        fails(TransferException.class);
    }

    @Test
    void rangeThatBeginsElsewhere() {
        registry.times(1, "GET", BLOB, request -> registry.plain()
                .answer(request)
                .delivered(new Delivery.Cut(20_000)));
        spoilBlob(answer -> new Answer(206, answer.headers(), answer.body(), answer.length(), answer
                .delivery()).with("Content-Range", "bytes 0-49999/50000"));
        fails(ContentMismatchException.class);
    }

    @Test
    void rangeOfOtherBytes() {
        registry.times(1, "GET", BLOB, request -> registry.plain()
                .answer(request)
                .delivered(new Delivery.Cut(20_000)));
        registry.always("GET", BLOB, request -> {
            int from = Integer.parseInt(request.header("Range")
                    .orElseThrow()
                    .replaceAll("\\D",
                            ""));
            return Answer.of(206, Samples.bytes(3, 50_000 - from))
                    .with("Content-Range", "bytes " + from + "-49999/50000");
        });
        fails(ContentMismatchException.class);
    }

    @Test
    void unnamedErrorPage() {
        registry.always("GET", BLOB, _ -> Answer.of(500, "<html>".repeat(1_000)));
        assertThatThrownBy(() -> Samples.fetch(client(), blob)).isInstanceOf(
                ResponseException.class)
                .hasMessageContaining("500")
                .hasMessageNotContaining(
                        "<html><html>");
    }

    @Test
    void serverErrorsPass() {
        registry.times(2, "GET", BLOB, _ -> Answer.error(503, "UNAVAILABLE"));
        assertThat(Samples.fetch(client(), blob)).isEqualTo(BYTES);
    }

    @Test
    void manifestWithOtherBytes() {
        Descriptor image = image();
        registry.always("GET", MANIFEST, request -> registry.plain()
                .answer(request)
                .withBody(Samples.image(Descriptor.EMPTY, Descriptor.EMPTY).raw()));
        assertThatThrownBy(() -> Samples.fetch(client(), image)).isInstanceOf(
                ContentMismatchException.class);
    }

    @Test
    void manifestOfAnotherDigestThanAsked() {
        Descriptor image = image();
        registry.always("HEAD", MANIFEST, request -> Answer.of(200, registry.plain()
                .answer(request)
                .body())
                .with("Content-Type", MediaType.IMAGE_MANIFEST.value())
                .with("Docker-Content-Digest", Samples.unknownDigest().toString()));
        assertThatThrownBy(() -> client().find(image.digest())).isInstanceOf(
                ContentMismatchException.class);
    }

    @Test
    void tagWhoseManifestHasAnotherDigestThanItsHeader() {
        image();
        registry.always("GET", MANIFEST, request -> Answer.of(200, registry.plain()
                .answer(request)
                .body())
                .with("Content-Type", MediaType.IMAGE_MANIFEST.value())
                .with("Docker-Content-Digest", Samples.unknownDigest().toString()));
        registry.always("HEAD", MANIFEST, _ -> Answer.of(200));
        assertThatThrownBy(() -> client().find(new Tag("latest"))).isInstanceOf(
                ContentMismatchException.class);
    }

    @Test
    void hugeManifest() {
        Descriptor image = image();
        registry.always("GET", MANIFEST, request -> registry.plain()
                .answer(request)
                .withoutLength()
                .delivered(new Delivery.Endless()));
        assertThatThrownBy(() -> Samples.fetch(client(), image)).isInstanceOf(
                LimitExceededException.class);
    }

    @Test
    void manifestThatIsAnIndexToo() {
        Descriptor both = registry.plain().put(Bytes.ofUtf8("""
                {"schemaVersion":2,"config":{},"layers":[],"manifests":[]}"""));
        Descriptor confused = Descriptor.of(MediaType.IMAGE_MANIFEST, both.digest(), both.size());
        registry.always("GET", MANIFEST, request -> Answer.of(200, """
                {"schemaVersion":2,"config":{},"layers":[],"manifests":[]}""")
                .with("Content-Type", MediaType.IMAGE_MANIFEST.value()));
        assertThatThrownBy(() -> Manifests.fetch(client(), confused)).isInstanceOf(
                MalformedContentException.class);
    }

    @Test
    void pageOfAFrontEndInsteadOfAManifest() {
        registry.always("HEAD", MANIFEST, _ -> html());
        registry.always("GET", MANIFEST, _ -> html());
        assertThatThrownBy(() -> Manifests.find(client(), new Tag("latest"))).isInstanceOf(
                OciException.class);
    }

    @Test
    void headWithoutEnd() {
        registry.always("GET", BLOB, _ -> {
            Answer answer = Answer.of(200, BYTES);
            for (int i = 0; i < 2_000; i++) {
                answer = answer.with("X-Padding-" + i, "x".repeat(1_000));
            }
            return answer;
        });
        fails(TransferException.class);
    }

    private static Answer html() {
        return Answer.of(200, "<html>Sign in</html>").with("Content-Type", "text/html");
    }

    private Descriptor image() {
        return registry.plain().put(Samples.image(Descriptor.EMPTY));
    }

    private void spoilBlob(UnaryOperator<Answer> spoiler) {
        registry.always("GET", BLOB, request -> spoiler.apply(registry.plain().answer(request)));
    }

    private void fails(Class<? extends OciException> expected) {
        fails(client(), expected);
    }

    private void fails(RemoteRepository client, Class<? extends OciException> expected) {
        assertThatThrownBy(() -> Samples.fetch(client, blob)).isInstanceOf(expected)
                .hasMessageContaining(blob.digest().toString());
    }
}
