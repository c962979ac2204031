package dev.chandlery.publisher.bundle;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.PushHint;
import dev.chandlery.publisher.attest.Attestor;
import dev.chandlery.publisher.attest.IndexSigning;
import dev.chandlery.publisher.attest.Signing;
import dev.chandlery.publisher.bundle.BundleOutcome.Moved;
import dev.chandlery.publisher.pack.PackedBlob;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Writes a bundle: blobs, manifests, index, lock, and the tags last. The tools' blobs are mounted from their
 * own repositories, so that the registry keeps one copy; where it does not mount they are sent.
 */
final class BundlePublisher {
    private final Consumer<String> progress;
    private final IndexSigning signing;
    private final BundleEvidence evidence;

    /**
     * Prepares; nothing is asked yet.
     *
     * @param progress takes the name of each step that may last
     * @param signing signs images and index, and asks that the tools are signed, where a key is set
     */
    BundlePublisher(Consumer<String> progress, Signing signing) {
        this.progress = progress;
        this.signing = new IndexSigning(signing);
        this.evidence = new BundleEvidence(new Attestor(signing));
    }

    /**
     * Blocks until the tags are set; on failure none was moved.
     *
     * @throws dev.chandlery.oci.MalformedContentException when the tools do not go together
     */
    BundleOutcome.Built publish(BundlePlan plan) {
        return switch (plan.need()) {
            case NOTHING -> built(plan, Moved.NOTHING);
            case EVIDENCE -> {
                requireSigned(plan);
                attach(plan);
                plan.repository().settle();
                yield built(plan, new Moved(0, 0, 0, true));
            }
            case ALL -> {
                requireSigned(plan);
                check(plan);
                yield built(plan, push(plan));
            }
        };
    }

    /** A signature of a bundle vouches for its tools. */
    private void requireSigned(BundlePlan plan) {
        plan.images()
                .forEach(image -> image.members()
                        .forEach(member -> signing.requireSigned(
                                member.repository(), List.of(member.manifest().digest()))));
    }

    private Moved push(BundlePlan plan) {
        Count count = new Count();
        for (BundleImage image : plan.images()) {
            progress.accept("push " + image.platform());
            plan.repository()
                    .push(Descriptor.of(MediaType.IMAGE_CONFIG, image.config()), Content
                            .of(image.config()));
            image.layers().forEach(layer -> count.move(plan.repository(), layer));
            push(plan.repository(), image.manifest());
        }
        push(plan.repository(), plan.index());
        for (PackedBlob blob : plan.lock().blobs()) {
            plan.repository().push(blob.descriptor(), blob.content());
        }
        push(plan.repository(), plan.lock().manifest());
        attach(plan);
        plan.tags().forEach(tag -> tag(plan, tag));
        plan.repository().settle();
        return count.moved();
    }

    /** What is attached already is left alone. */
    private void attach(BundlePlan plan) {
        progress.accept("attach evidence");
        for (BundleImage image : plan.images()) {
            signing.attach(plan.repository(), image.manifest().descriptor(), evidence.of(plan,
                    image));
        }
        signing.sign(plan.repository(), plan.index().descriptor());
    }

    private void check(BundlePlan plan) {
        progress.accept("read layers");
        BundlePaths paths = new BundlePaths(plan.bundle().name());
        plan.images()
                .forEach(image -> paths.check(image, ContainerConfig.entrypoint(plan.bundle(), image
                        .platform())));
    }

    private static BundleOutcome.Built built(BundlePlan plan, Moved moved) {
        return new BundleOutcome.Built(plan.bundle(), plan.digest(), plan.tags(), plan
                .platforms(), plan.leftOut(), moved);
    }

    private static void push(RemoteRepository repository, ManifestDocument manifest) {
        repository.push(manifest.descriptor(), Content.of(manifest.raw()));
    }

    private static void tag(BundlePlan plan, Tag tag) {
        plan.repository().push(plan.index(), tag);
        Optional<Digest> now = plan.repository().find(tag).map(Descriptor::digest);
        if (!now.equals(Optional.of(plan.digest()))) {
            throw new TransferException("cannot confirm tag " + tag + " of " + plan.repository()
                    + ": another publisher moved it", null, true);
        }
    }

    /** Counts how blobs came; each is moved once. */
    private static final class Count {
        private final Set<Digest> done = new HashSet<>();
        private int mounted;
        private int copied;
        private int there;

        void move(RemoteRepository target, LayerSource source) {
            Descriptor layer = source.layer();
            if (!done.add(layer.digest())) {
                return;
            }
            if (target.exists(layer)) {
                there++;
            } else if (source.mountable() && target.mounter()
                    .map(mounter -> mounter.mount(layer, source
                            .repository()
                            .name()))
                    .orElse(false)) {
                mounted++;
            } else {
                target.push(layer, Content.of(source.repository(), layer), PushHint.NONE);
                copied++;
            }
        }

        Moved moved() {
            return new Moved(mounted, copied, there, true);
        }
    }
}
