package dev.chandlery.oci.client;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.ResponseException;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.UnauthorizedException;
import dev.chandlery.oci.api.Endpoints;
import dev.chandlery.oci.client.ManifestEndpoint.Condition;
import dev.chandlery.oci.client.ManifestEndpoint.Fetched;
import dev.chandlery.oci.json.ManifestReader;
import dev.chandlery.oci.json.ManifestWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One change of a list under a fallback tag: read, change, write at once, read back. What failed begins with
 * reading again, as a list that was read a while ago would undo what others wrote since.
 *
 * <p><b>Concurrency:</b> for one thread.
 */
abstract class FallbackChange {
    private static final int PRECONDITION_FAILED = 412;

    /** How an attempt went. */
    enum Result {
        THERE_BEFORE, WRITTEN, TO_REPEAT
    }

    private final ManifestEndpoint manifests;
    private final Digest subject;
    private final Set<Optional<Digest>> refused = new HashSet<>();
    private boolean unauthorized;
    private boolean wrote;

    FallbackChange(ManifestEndpoint manifests, Digest subject) {
        this.manifests = manifests;
        this.subject = subject;
    }

    Digest subject() {
        return subject;
    }

    /** The list as it shall be. */
    abstract List<Descriptor> apply(List<Descriptor> listed);

    /** Whether the list is as it shall be. */
    abstract boolean isIn(List<Descriptor> listed);

    /** Told when the list was written and is there. */
    abstract void done(Digest index, long beganNanos);

    /** @param last whether failures that may pass are thrown as well */
    Result attempt(boolean last) {
        long began = System.nanoTime();
        Tag tag = Endpoints.fallbackTag(subject);
        Optional<Fetched> before = manifests.get(tag);
        List<Descriptor> listed = before.map(b -> listed(b, subject)).orElse(List.of());
        if (isIn(listed)) {
            return before.filter(_ -> wrote).map(b -> {
                done(b.descriptor().digest(), began);
                return Result.WRITTEN;
            }).orElse(Result.THERE_BEFORE);
        }
        ManifestDocument index = ManifestWriter.write(new ImageIndex(MediaType.IMAGE_INDEX, null,
                apply(listed), null, new TreeMap<>()));
        if (!write(tag, index, before, last) || !isNow(tag, index)) {
            return Result.TO_REPEAT;
        }
        done(index.descriptor().digest(), began);
        return Result.WRITTEN;
    }

    /** Whether another client changed it meanwhile shows in the digest, and then by the next attempt. */
    private boolean isNow(Tag tag, ManifestDocument index) {
        return manifests.find(tag)
                .filter(found -> found.digest().equals(index.descriptor().digest()))
                .isPresent();
    }

    /** Whether it was written; not when the tag is no longer what it was, or something failed that may pass. */
    private boolean write(Tag tag, ManifestDocument index, Optional<Fetched> before,
            boolean last) {
        Optional<Digest> was = before.map(b -> b.descriptor().digest());
        // A condition that failed over the same list is one that the registry does not understand.
        Optional<Condition> condition = refused.contains(was)
                ? Optional.empty()
                : condition(before);
        try {
            wrote = true;
            manifests.putOnce(tag, MediaType.IMAGE_INDEX, index.raw(), condition);
            return true;
        } catch (OciException e) {
            if (e instanceof ResponseException answer && answer.status() == PRECONDITION_FAILED
                    && condition.isPresent()) {
                refused.add(was);
                return false;
            }
            if (last || !mayPass(e)) {
                throw e;
            }
            return false;
        }
    }

    private static Optional<Condition> condition(Optional<Fetched> before) {
        return before.isEmpty()
                ? Optional.of(Condition.ABSENT)
                : before.flatMap(b -> Optional.ofNullable(b.entityTag())).map(Condition::matches);
    }

    /** Who was refused is so once more, unless that was a limit on rates, as some registries tell it. */
    private boolean mayPass(OciException failure) {
        return switch (failure) {
            case TransferException broken -> broken.retryable();
            case UnauthorizedException _ -> {
                boolean first = !unauthorized;
                unauthorized = true;
                yield first;
            }
            case ResponseException answer -> switch (answer.status()) {
                case 403, 408, 429, 500, 502, 503, 504 -> true;
                default -> false;
            };
            default -> false;
        };
    }

    /** Workaround(GitLab): it takes such a tag for the digest, and answers with the subject itself. */
    static List<Descriptor> listed(Fetched fetched, Digest subject) {
        return !fetched.descriptor().digest().equals(subject)
                && ManifestReader.read(fetched.raw(), fetched.descriptor().mediaType())
                        .manifest() instanceof ImageIndex index ? index.manifests() : List.of();
    }

    static boolean contains(List<Descriptor> listed, Digest digest) {
        return listed.stream().anyMatch(d -> d.digest().equals(digest));
    }
}
