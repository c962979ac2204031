package dev.chandlery.oci.store;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.Source;
import dev.chandlery.oci.content.VerifyingStream;
import dev.chandlery.oci.json.ManifestReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** What a manifest must pass before a store of ours takes it. */
final class Admission {

    private Admission() {}

    /**
     * Reads a manifest that is to be stored, and compares it with its descriptor.
     *
     * @throws dev.chandlery.oci.MalformedContentException when it is not of the type it says
     */
    static ManifestDocument read(Descriptor expected, Content content, Source store) {
        return ManifestReader.read(bytes(expected, content, store), expected.mediaType(),
                expected.digest());
    }

    /** Content that fits into memory, compared with its descriptor. */
    static Bytes bytes(Descriptor expected, Content content, Source store) {
        String action = pushing(expected, store);
        try (InputStream in = new VerifyingStream(content.open(), expected,
                "content of " + expected.digest() + " for " + store)) {
            return Bytes.of(in.readAllBytes());
        } catch (IOException e) {
            throw Failures.reading(action, e, content.replayable());
        }
    }

    /**
     * Config, layers and child manifests must be there; the subject need not, nor layers that are offered
     * elsewhere by {@code urls}.
     *
     * <p><b>Spec:</b> distribution-spec v1.1.1, Pushing Manifests and Pushing Manifests with Subject.
     */
    static void requireChildren(ManifestDocument document, Source store) {
        Optional<Descriptor> missing = document.manifest()
                .successors()
                .stream()
                .filter(child -> !isSubject(child, document) && child.urls().isEmpty())
                .filter(child -> !store.exists(child))
                .findFirst();
        missing.ifPresent(child -> {
            throw new ContentNotFoundException(pushingMessage(document, store) + child.mediaType()
                    + " " + child.digest() + ", which is not there; push it first");
        });
    }

    static String pushing(Descriptor expected, Source store) {
        return "push " + expected.digest() + " (" + expected.size() + " bytes) to " + store;
    }

    private static String pushingMessage(ManifestDocument document, Source store) {
        return "cannot " + pushing(document.descriptor(), store) + ": it names ";
    }

    private static boolean isSubject(Descriptor child, ManifestDocument document) {
        return document.manifest()
                .subjectDescriptor()
                .filter(subject -> subject.key().equals(child.key()))
                .isPresent();
    }
}
