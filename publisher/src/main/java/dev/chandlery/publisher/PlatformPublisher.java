package dev.chandlery.publisher;

import dev.chandlery.cli.Progress;
import dev.chandlery.cli.Sizes;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.cli.state.WorkFolder;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.proof.Rung;
import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.publisher.attest.Attachments;
import dev.chandlery.publisher.attest.Attested;
import dev.chandlery.publisher.attest.Attestor;
import dev.chandlery.publisher.attest.Evidence;
import dev.chandlery.publisher.drift.DriftIncident;
import dev.chandlery.publisher.drift.DriftRecords;
import dev.chandlery.publisher.flow.Flow;
import dev.chandlery.publisher.pack.PackRequest;
import dev.chandlery.publisher.pack.PackedArtifact;
import dev.chandlery.publisher.pack.PackedTool;
import dev.chandlery.publisher.pack.ToolPacker;
import dev.chandlery.publisher.plan.PlatformPlan;
import dev.chandlery.publisher.plan.VersionPlan;
import dev.chandlery.publisher.push.ArtifactPush;
import dev.chandlery.publisher.push.EarlyPush;
import dev.chandlery.publisher.smoke.SmokeTest;
import dev.chandlery.upstream.Asset;
import dev.chandlery.upstream.FetchListener;
import dev.chandlery.upstream.VerifiedAsset;
import dev.chandlery.upstream.sources.Upstreams;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Publishes single platforms: fetch, verify, pack, push children before parents, tag last. */
final class PlatformPublisher {
    private final ConfigSpec config;
    private final Attestor attestor;
    private final Attachments attachments;
    private final Upstreams upstreams;
    private final RegistryConnection registry;
    private final Run run;
    private final RunAudit audit;
    private final Optional<SmokeTest> smoke;
    private final ToolPacker packer = new ToolPacker();
    private final ArtifactPush pushes;

    /**
     * What all platforms of a run share.
     *
     * @param work has a folder for each
     * @param flow bounds what they do at a time
     */
    record Run(WorkFolder work, Flow flow, Progress progress) {}

    PlatformPublisher(Publishing how, Upstreams upstreams, RegistryConnection registry, Run run) {
        this.config = how.config();
        this.attestor = new Attestor(how.signing());
        this.pushes = new ArtifactPush(run.flow.connections());
        this.attachments = new Attachments(pushes, how.signing());
        this.upstreams = upstreams;
        this.registry = registry;
        this.run = run;
        this.audit = new RunAudit(how.audit());
        this.smoke = how.smoke();
    }

    /** The incidents of a planned tool. */
    DriftRecords drifts(VersionPlan plan) {
        return new DriftRecords(registry, plan.tool(), names(plan));
    }

    private ToolNames names(VersionPlan plan) {
        return ToolNames.of(config.repositoryOf(plan.tool()), plan.tool());
    }

    /**
     * Blocks until the platform's tag is set, or until it is on record that upstream changed the file. On
     * failure no tag was moved; no file is left here.
     */
    ItemOutcome publish(VersionPlan plan, PlatformPlan.Publish item) {
        String label = plan.tool().name() + " " + plan.version() + " " + item.platform();
        try (Progress.Item shown = run.progress.start(label)) {
            ItemOutcome outcome = publish(plan, item, shown);
            run.progress.say(outcome instanceof ItemOutcome.Published published
                    ? "published " + label + ", " + Sizes.bytes(published.sizeBytes()) + " in "
                            + Sizes.duration(published.duration())
                    : "changed upstream: " + label);
            return outcome;
        } catch (OciException e) {
            run.progress.say("failed " + label);
            throw e;
        }
    }

    private ItemOutcome publish(VersionPlan plan, PlatformPlan.Publish item,
            Progress.Item shown) {
        long start = System.nanoTime();
        Path folder = run.work.newFolder();
        try {
            return publish(plan, item, new Room(folder, shown, start));
        } finally {
            WorkFolder.remove(folder);
        }
    }

    /** Where an item is worked on, and since when. */
    private record Room(Path folder, Progress.Item shown, long startNanos) {}

    private ItemOutcome publish(VersionPlan plan, PlatformPlan.Publish item, Room room) {
        Packed packed;
        try (EarlyPush early = early(plan, item, room.shown)) {
            VerifiedAsset asset = run.flow.download(() -> fetch(plan, item, room, early));
            Optional<DriftIncident> changed = change(plan, item, asset);
            if (changed.isPresent()) {
                drifts(plan).put(changed.get());
                return new ItemOutcome.Drifted(item.platform(), changed.get());
            }
            refuseUnproven(plan, asset);
            if (!isSmoked(item)) {
                early.prove(asset.file(), ToolPacker.blob(asset));
            }
            packed = run.flow.pack(() -> pack(plan, item, asset, room));
            smoke(plan, item, packed.attested().packed(), room.shown);
            early.prove(asset.file(), ToolPacker.blob(asset));
            room.shown.step("push", packed.attested().packed().sizeBytes());
            early.await();
        }
        push(plan, item, packed, room.shown);
        PackedArtifact image = packed.attested().packed().image();
        ItemOutcome published = new ItemOutcome.Published(item.platform(), image.manifest()
                .descriptor(), packed.rung(), image.sizeBytes(), Duration.ofNanos(System.nanoTime()
                        - room.startNanos));
        audit.item(plan, published);
        return published;
    }

    /** The asset is a blob of what is published, unless {@code keep_upstream} says otherwise. */
    private EarlyPush early(VersionPlan plan, PlatformPlan.Publish item, Progress.Item shown) {
        RemoteRepository repository = repository(plan, item);
        return ToolPacker.hasAsset(plan.tool().content())
                ? EarlyPush.begin(pushes, repository, stated(item.asset()), shown::advance)
                : EarlyPush.none(pushes, repository, shown::advance);
    }

    private static Optional<Descriptor> stated(Asset asset) {
        return asset.apiDigest()
                .filter(digest -> digest.algorithm() == Algorithm.SHA256 && asset.size()
                        .isPresent())
                .map(digest -> Descriptor.of(MediaType.OCTET_STREAM, digest, asset.size()
                        .getAsLong()));
    }

    /** What is pushed, with its evidence. */
    private record Packed(Attested attested, List<Evidence> evidence, Rung rung) {}

    private Packed pack(VersionPlan plan, PlatformPlan.Publish item, VerifiedAsset asset,
            Room room) {
        room.shown.step("pack", -1);
        PackedTool packed = packer.pack(new PackRequest(plan.tool(), item.platform(), asset),
                room.folder);
        Attested attested = new Attested(plan.tool(), item.platform(), packed, item.asset()
                .fileName(), config.minimumTrust(plan.tool()));
        return new Packed(attested, attestor.of(attested), asset.verification().rung());
    }

    private boolean isSmoked(PlatformPlan.Publish item) {
        return smoke.isPresent() && SmokeTest.runsHere(item.platform());
    }

    /** Before anything is pushed. */
    private void smoke(VersionPlan plan, PlatformPlan.Publish item, PackedTool packed,
            Progress.Item shown) {
        if (isSmoked(item)) {
            shown.step("run", -1);
            Path folder = run.work.newFolder();
            try {
                smoke.orElseThrow()
                        .run(new SmokeTest.Subject(plan.tool().name(), plan.version(), item
                                .platform(), plan.tool().content(), packed.files()), folder);
            } finally {
                WorkFolder.remove(folder);
            }
        }
    }

    private VerifiedAsset fetch(VersionPlan plan, PlatformPlan.Publish item, Room room,
            FetchListener listener) {
        room.shown.step("download", item.asset().size().orElse(-1));
        return upstreams.forTool(plan.tool()).fetch(item.asset(), room.folder, listener);
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
    private Optional<DriftIncident> change(VersionPlan plan, PlatformPlan.Publish item,
            VerifiedAsset asset) {
        return item.expected()
                .filter(digest -> !digest.equals(asset.digest()))
                .flatMap(_ -> item.frozen())
                .map(frozen -> DriftIncident.open(plan.tool().name(), plan.version(), frozen, asset
                        .digest()
                        .toString(), upstreams.clock().instant()));
    }

    private RemoteRepository repository(VersionPlan plan, PlatformPlan.Publish item) {
        return registry.repository(names(plan).platformPath(plan.version(), item.platform()));
    }

    private void push(VersionPlan plan, PlatformPlan.Publish item, Packed packed,
            Progress.Item shown) {
        RemoteRepository repository = repository(plan, item);
        PackedArtifact image = packed.attested().packed().image();
        pushes.push(repository, image, shown::advance);
        attachments.attach(repository, image.manifest().descriptor(), packed.evidence(),
                shown::advance);
        run.flow.connections().run(() -> tag(plan, item, image.manifest().descriptor()));
    }

    private void tag(VersionPlan plan, PlatformPlan.Publish item, Descriptor manifest) {
        ToolNames names = names(plan);
        RemoteRepository repository = repository(plan, item);
        item.accepted().ifPresent(incident -> {
            Descriptor old = incident.manifest();
            repository.tag(old, names.replacedTag(plan.version(), item.platform(), old.digest()));
            drifts(plan).attach(incident, manifest);
        });
        Tag tag = names.platformTag(plan.version(), item.platform());
        repository.tag(manifest, tag);
        audit.tag(plan, repository, tag, manifest.digest());
    }
}
