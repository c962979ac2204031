package dev.chandlery.publisher;

import dev.chandlery.cli.Progress;
import dev.chandlery.cli.Sizes;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.cli.state.WorkFolder;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.Rung;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.content.Content;
import dev.chandlery.publisher.pack.PackRequest;
import dev.chandlery.publisher.pack.PackedArtifact;
import dev.chandlery.publisher.pack.PackedBlob;
import dev.chandlery.publisher.pack.PackedTool;
import dev.chandlery.publisher.pack.ToolPacker;
import dev.chandlery.publisher.plan.PlatformPlan;
import dev.chandlery.publisher.plan.VersionPlan;
import dev.chandlery.upstream.VerifiedAsset;
import dev.chandlery.upstream.sources.Upstreams;
import java.nio.file.Path;
import java.time.Duration;

/** Publishes single platforms: fetch, verify, pack, push children before parents, tag last. */
final class PlatformPublisher {
    private final ConfigSpec config;
    private final Upstreams upstreams;
    private final RegistryConnection registry;
    private final WorkFolder work;
    private final Progress progress;
    private final ToolPacker packer = new ToolPacker();
    private final BlobPushes pushes = new BlobPushes();

    PlatformPublisher(ConfigSpec config, Upstreams upstreams, RegistryConnection registry,
            WorkFolder work, Progress progress) {
        this.config = config;
        this.upstreams = upstreams;
        this.registry = registry;
        this.work = work;
        this.progress = progress;
    }

    /** Blocks until the platform's tag is set; on failure no tag was moved and no file is left here. */
    ItemOutcome.Published publish(VersionPlan plan, PlatformPlan.Publish item) {
        String label = plan.tool().name() + " " + plan.version() + " " + item.platform();
        try (Progress.Item shown = progress.start(label)) {
            ItemOutcome.Published published = publish(plan, item, shown);
            progress.say("published " + label + ", " + Sizes.bytes(published.sizeBytes()) + " in "
                    + Sizes.duration(published.duration()));
            return published;
        } catch (OciException e) {
            progress.say("failed " + label);
            throw e;
        }
    }

    private ItemOutcome.Published publish(VersionPlan plan, PlatformPlan.Publish item,
            Progress.Item shown) {
        long start = System.nanoTime();
        Path folder = work.newFolder();
        try {
            VerifiedAsset asset = fetch(plan, item, folder, shown);
            refuseUnproven(plan, asset);
            refuseChanged(item, asset);
            shown.step("pack", -1);
            PackedTool packed = packer.pack(new PackRequest(plan.tool(), item.platform(), asset),
                    folder);
            push(plan, item, packed, shown);
            PackedArtifact image = packed.image();
            return new ItemOutcome.Published(item.platform(), image.manifest().descriptor(), asset
                    .verification()
                    .rung(), image.sizeBytes(), Duration.ofNanos(System.nanoTime() - start));
        } finally {
            WorkFolder.remove(folder);
        }
    }

    private VerifiedAsset fetch(VersionPlan plan, PlatformPlan.Publish item, Path folder,
            Progress.Item shown) {
        shown.step("download", item.asset().size().orElse(-1));
        return upstreams.forTool(plan.tool()).fetch(item.asset(), folder, shown::advance);
    }

    private void refuseUnproven(VersionPlan plan, VerifiedAsset asset) {
        Rung minimum = config.minimumTrust(plan.tool());
        Rung reached = asset.verification().rung();
        if (reached.compareTo(minimum) < 0) {
            throw new UntrustedContentException("cannot accept " + asset.asset().fileName()
                    + ": expected trust of " + minimum.label() + " or better, got "
                    + reached.label() + "; set minimum_trust to accept less");
        }
    }

    /** An asset that was accepted once must not come back with other bytes under the same name. */
    private static void refuseChanged(PlatformPlan.Publish item, VerifiedAsset asset) {
        item.frozen().filter(digest -> !digest.equals(asset.digest())).ifPresent(digest -> {
            throw new ContentMismatchException(asset.asset().fileName()
                    + " (upstream changed it since it was published)", digest.toString(),
                    asset.digest().toString());
        });
    }

    private void push(VersionPlan plan, PlatformPlan.Publish item, PackedTool packed,
            Progress.Item shown) {
        ToolNames names = ToolNames.of(config.repositoryOf(plan.tool()), plan.tool());
        RemoteRepository repository = registry.repository(names.platformPath(plan.version(), item
                .platform()));
        shown.step("push", packed.sizeBytes());
        push(repository, packed.image(), shown);
        push(repository, packed.evidence(), shown);
        repository.tag(packed.image().manifest().descriptor(), names.platformTag(plan.version(),
                item.platform()));
    }

    private void push(RemoteRepository repository, PackedArtifact artifact,
            Progress.Item shown) {
        for (PackedBlob blob : artifact.blobs()) {
            pushes.push(repository, blob);
            shown.advance(blob.descriptor().size());
        }
        ManifestDocument manifest = artifact.manifest();
        repository.push(manifest.descriptor(), Content.of(manifest.raw()));
    }
}
