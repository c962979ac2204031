package dev.chandlery.manager.transfer;

import dev.chandlery.cli.Progress;
import dev.chandlery.cli.Sizes;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.oci.content.Source;
import dev.chandlery.oci.copy.CopyOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Reads everything that was copied back from the target, and compares it with its digest: manifests and blobs
 * of every tag, and what is attached to them. The bytes of a blob are read once, wherever in the registry they
 * are named; that other repositories have it is asked. Roots are limited, so that few manifests are held.
 */
final class Verification {
    private static final int BUFFER = 128 * 1024;

    private final TransferOptions options;
    private final Jobs jobs;
    private final Jobs roots;
    private final Progress.Item progress;
    private final Set<Digest> read = ConcurrentHashMap.newKeySet();
    private final LongAdder manifests = new LongAdder();
    private final LongAdder blobs = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    Verification(TransferOptions options, Progress.Item progress) {
        this.options = options;
        this.jobs = new Jobs(options.jobs());
        this.roots = new Jobs(options.jobs());
        this.progress = progress;
        progress.tell(this::words);
    }

    private String words() {
        return manifests.sum() + " manifests and " + blobs.sum() + " blobs read back, " + Sizes
                .bytes(bytes.sum());
    }

    /** What differs or lacks is a failure of its repository. */
    TransferReport.Verified run(List<Transfer.Side> sides, List<CopyOutcome> outcomes) {
        IdentityHashMap<Object, List<CopyOutcome.Copied>> copied = new IdentityHashMap<>();
        for (CopyOutcome outcome : outcomes) {
            if (outcome instanceof CopyOutcome.Copied done) {
                copied.computeIfAbsent(done.request().target(), _ -> new ArrayList<>()).add(done);
            }
        }
        TaskScope.mapAll("verify", sides, side -> {
            Walk walk = new Walk(side, ConcurrentHashMap.newKeySet());
            TaskScope.mapAll("verify", copied.getOrDefault(side.target(), List.of()),
                    done -> roots.run(() -> walk.check(done)));
            return true;
        });
        return new TransferReport.Verified(manifests.sum(), blobs.sum(), bytes.sum());
    }

    /**
     * Goes through one repository.
     *
     * @param seen what of it was begun
     */
    private final class Walk {
        private final Transfer.Side side;
        private final Source target;
        private final Set<Digest> seen;

        Walk(Transfer.Side side, Set<Digest> seen) {
            this.side = side;
            this.target = side.target();
            this.seen = seen;
        }

        boolean check(CopyOutcome.Copied copied) {
            try {
                Descriptor root = copied.root();
                Descriptor tagged = jobs.run(() -> target.resolve(copied.request()
                        .tags()
                        .getFirst()));
                if (!tagged.digest().equals(root.digest())) {
                    throw new TransferException("cannot verify tag " + copied.request()
                            .tags()
                            .getFirst() + " of " + target + ": expected " + root.digest()
                            + ", found " + tagged.digest(), null, false);
                }
                checkNode(root);
            } catch (OperationCancelledException e) {
                throw e;
            } catch (OciException e) {
                side.tally().fail("verify " + copied.request().identifier(), e);
            }
            return true;
        }

        private boolean checkNode(Descriptor node) {
            if (!seen.add(node.digest())) {
                return true;
            }
            if (!node.mediaType().isManifest()) {
                return jobs.run(() -> checkBlob(node));
            }
            ManifestDocument document = jobs.run(() -> Manifests.fetch(target, node));
            manifests.increment();
            List<Descriptor> next = new ArrayList<>(document.manifest().successors());
            document.manifest().subjectDescriptor().ifPresent(next::remove);
            if (options.what().referrers()) {
                next.addAll(jobs.run(() -> referrers(node)));
            }
            TaskScope.mapAll("verify", next, this::checkNode);
            return true;
        }

        private List<Descriptor> referrers(Descriptor subject) {
            try (Stream<Descriptor> found = target.referrerLister()
                    .map(lister -> lister.referrers(subject.digest()))
                    .orElse(Stream.empty())) {
                return found.toList();
            }
        }

        private boolean checkBlob(Descriptor blob) {
            if (!read.add(blob.digest())) {
                if (!target.exists(blob)) {
                    throw new ContentNotFoundException("cannot verify blob " + blob.digest()
                            + " of " + target + ": not found");
                }
                return true;
            }
            byte[] buffer = new byte[BUFFER];
            try (InputStream in = Content.of(target, blob).open()) {
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    bytes.add(count);
                    progress.advance(count);
                }
            } catch (IOException e) {
                throw new TransferException("cannot verify blob " + blob.digest() + " of " + target
                        + ": " + e.getMessage(), e, true);
            }
            blobs.increment();
            return true;
        }
    }
}
