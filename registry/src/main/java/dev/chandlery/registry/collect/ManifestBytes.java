package dev.chandlery.registry.collect;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.api.Endpoints;
import dev.chandlery.oci.json.ManifestReader;
import dev.chandlery.registry.blob.BlobStorage;
import dev.chandlery.registry.blob.StoredBlob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Optional;

/** Manifests as storage has them. */
record ManifestBytes(BlobStorage storage) {
    private static final List<MediaType> TYPES = List.of(MediaType.IMAGE_INDEX,
            MediaType.IMAGE_MANIFEST, MediaType.DOCKER_MANIFEST_LIST, MediaType.DOCKER_MANIFEST);

    /** What was read. */
    sealed interface Reading {
        record Complete(ManifestDocument document) implements Reading {}

        record Absent() implements Reading {}

        record Broken(String why) implements Reading {}
    }

    /** Reads the manifest as that type. */
    Reading read(Digest digest, MediaType type) {
        Optional<StoredBlob> blob = storage.find(digest);
        return blob.isEmpty()
                ? new Reading.Absent()
                : parse(bytes(digest, blob.get()), digest,
                        type);
    }

    /** Reads a manifest of which no type is recorded. */
    Reading guess(Digest digest) {
        Optional<StoredBlob> blob = storage.find(digest);
        if (blob.isEmpty()) {
            return new Reading.Absent();
        }
        Bytes raw = bytes(digest, blob.get());
        Reading last = new Reading.Broken("no manifest");
        for (MediaType type : TYPES) {
            last = parse(raw, digest, type);
            if (last instanceof Reading.Complete) {
                return last;
            }
        }
        return last;
    }

    private static Reading parse(Bytes raw, Digest digest, MediaType type) {
        Digest actual = raw.digest(digest.algorithm());
        if (!actual.equals(digest)) {
            return new Reading.Broken("its bytes have the digest " + actual
                    + "; run registry scrub --quarantine, then push it again");
        }
        try {
            return new Reading.Complete(ManifestReader.read(raw, type, digest));
        } catch (MalformedContentException | LimitExceededException e) {
            return new Reading.Broken(String.valueOf(e.getMessage()));
        }
    }

    private static Bytes bytes(Digest digest, StoredBlob blob) {
        try (InputStream in = Channels.newInputStream(blob.open(0))) {
            return Bytes.of(in.readNBytes(Endpoints.MAX_MANIFEST_BYTES + 1));
        } catch (IOException e) {
            throw new StorageException("cannot read manifest " + digest + ": " + e.getMessage(), e);
        }
    }
}
