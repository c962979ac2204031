package dev.chandlery.registry.endpoint;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Identifier;
import dev.chandlery.oci.InvalidReferenceException;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.api.Endpoints;
import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.oci.api.HeaderNames;
import dev.chandlery.oci.json.ManifestReader;
import dev.chandlery.registry.blob.BlobStorage;
import dev.chandlery.registry.http.HeaderFields;
import dev.chandlery.registry.http.HttpRequest;
import dev.chandlery.registry.metadata.Presence;
import dev.chandlery.registry.refusal.RefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** A manifest on its way from a request into storage. */
final class ManifestBody {
    private static final int MAX_BYTES = Endpoints.MAX_MANIFEST_BYTES;
    private static final int TOO_LARGE = 413;
    private static final int TOO_SLOW = 408;
    private static final int BUFFER_BYTES = 16 * 1024;
    /** It is in memory meanwhile, where there is room for few large ones. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private ManifestBody() {}

    /**
     * Reads the whole manifest and compares it with the digest that the request names, if it does. It has its
     * place's turn then.
     *
     * @throws RefusedException 429 when too many large ones come at once, 413 when it is too large, 400 when it
     *     is of another digest or no type
     * @throws dev.chandlery.oci.MalformedContentException when it is not of its type
     */
    static ManifestDocument read(HttpRequest request, Identifier identifier,
            LargeManifests.Place place) throws IOException {
        MediaType type = type(request.headers());
        Bytes raw = bytes(request, place);
        place.awaitTurn();
        Digest digest = switch (identifier) {
            case Digest named -> verified(raw, named);
            case Tag _ -> raw.digest(Algorithm.SHA256);
        };
        return ManifestReader.read(raw, type, digest);
    }

    /** Makes the bytes durable under their digest. */
    static void store(ManifestDocument document, BlobStorage storage) {
        storage.put(document.descriptor().digest(), document.raw());
    }

    /** What makes them so again, if a collection took them away before they were recorded. */
    static Presence presence(ManifestDocument document, BlobStorage storage) {
        return () -> {
            if (storage.find(document.descriptor().digest()).isEmpty()) {
                store(document, storage);
            }
        };
    }

    private static Bytes bytes(HttpRequest request, LargeManifests.Place place)
            throws IOException {
        if (request.contentLength().orElse(0) > MAX_BYTES) {
            throw tooLarge();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        long begin = System.nanoTime();
        InputStream body = request.body();
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            bytes.write(buffer, 0, read);
            if (bytes.size() > MAX_BYTES) {
                throw tooLarge();
            }
            place.grown(bytes.size());
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new RefusedException(ErrorCode.MANIFEST_INVALID, TOO_SLOW,
                        "cannot accept manifest: expected all of it within " + PATIENCE.toSeconds()
                                + " s",
                        HeaderFields.NONE);
            }
        }
        return Bytes.of(bytes.toByteArray());
    }

    private static Digest verified(Bytes raw, Digest expected) {
        Digest actual = raw.digest(expected.algorithm());
        if (!actual.equals(expected)) {
            throw new RefusedException(ErrorCode.DIGEST_INVALID, "cannot accept manifest of "
                    + raw.size() + " bytes: expected digest " + expected + ", got " + actual);
        }
        return actual;
    }

    private static MediaType type(HeaderFields headers) {
        String header = headers.first(HeaderNames.CONTENT_TYPE)
                .orElseThrow(() -> new RefusedException(ErrorCode.MANIFEST_INVALID,
                        "cannot accept manifest: expected its media type in Content-Type"));
        try {
            return MediaType.ofHeader(header);
        } catch (InvalidReferenceException e) {
            throw new RefusedException(ErrorCode.MANIFEST_INVALID, String.valueOf(e.getMessage()));
        }
    }

    private static RefusedException tooLarge() {
        return new RefusedException(ErrorCode.SIZE_INVALID, TOO_LARGE,
                "cannot accept manifest: expected at most " + MAX_BYTES + " bytes",
                HeaderFields.NONE);
    }
}
