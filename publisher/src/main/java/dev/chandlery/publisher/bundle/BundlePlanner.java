package dev.chandlery.publisher.bundle;

import dev.chandlery.cli.registry.PublishedTool;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.config.BundleSpec;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.source.ToolPlatform;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.publisher.attest.EvidenceCheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Works out what bundles come to: reads manifests and configs of their tools, writes nowhere. */
public final class BundlePlanner {
    private static final Tag LATEST = new Tag("latest");

    private final Session session;
    private final ConfigSpec config;
    private final RegistryConnection registry;

    public BundlePlanner(Session session, RegistryConnection registry) {
        this.session = session;
        this.config = session.config();
        this.registry = registry;
    }

    /** One tool of a bundle and what is published of its version. */
    private record Published(BundleSpec.Member member, ToolNames names,
            SortedMap<PlatformName, Descriptor> platforms) {}

    /**
     * Plans one bundle.
     *
     * @throws ContentNotFoundException when a tool is not published in that version, or for no platform that
     *     all tools have
     * @throws ContentMismatchException when the bundle's own version names other content already
     */
    public BundlePlan plan(BundleSpec bundle) {
        return switch (forecast(bundle, _ -> false)) {
            case BundleForecast.Planned(BundlePlan plan) -> plan;
            case BundleForecast.Lacking lacking -> throw BundleBuilder.notPublished(lacking);
            case BundleForecast.Following _,BundleForecast.Waiting _,BundleForecast.Failed _ ->
                throw new IllegalStateException(
                        "nothing is published beside " + bundle.name());
        };
    }

    /**
     * Plans one bundle in a run that publishes tools first: planned, following them, or lacking others.
     *
     * @param coming tools that the run publishes, all of them or platforms that are missing
     * @throws ContentNotFoundException when no platform has all tools
     * @throws ContentMismatchException when the bundle's own version names other content already
     */
    public BundleForecast forecast(BundleSpec bundle, Predicate<BundleSpec.Member> coming) {
        List<Published> tools = bundle.tools().stream().map(this::published).toList();
        List<BundleSpec.Member> lacking = tools.stream()
                .filter(tool -> tool.platforms().isEmpty())
                .map(Published::member)
                .filter(coming.negate())
                .toList();
        if (!lacking.isEmpty()) {
            return new BundleForecast.Lacking(bundle, lacking);
        }
        List<BundleSpec.Member> first = bundle.tools().stream().filter(coming).toList();
        return first.isEmpty()
                ? new BundleForecast.Planned(plan(bundle, tools))
                : new BundleForecast.Following(bundle, first);
    }

    private BundlePlan plan(BundleSpec bundle, List<Published> tools) {
        Optional<BaseImage> base = bundle.image()
                .base()
                .map(text -> BaseImage.find(text, session, registry));
        SortedMap<PlatformName, String> leftOut = new TreeMap<>();
        Map<PlatformName, BaseImage.ForPlatform> bases = new LinkedHashMap<>();
        SortedMap<PlatformName, List<MemberImage>> members = new TreeMap<>();
        for (PlatformName platform : candidates(bundle, tools)) {
            Optional<BaseImage.ForPlatform> below = base.flatMap(image -> image.find(platform));
            Optional<String> why = missing(tools, platform).or(() -> base.isPresent() && below
                    .isEmpty() ? Optional.of("base image has none") : Optional.empty());
            if (why.isPresent()) {
                leftOut.put(platform, why.get());
            } else {
                below.ifPresent(image -> bases.put(platform, image));
                members.put(platform, tools.stream()
                        .map(tool -> image(tool, platform))
                        .toList());
            }
        }
        refuseMissing(bundle, members, leftOut);
        return new BundleAssembly(bundle, base, bases).plan(members, leftOut, this::finish);
    }

    private BundlePlan finish(BundleAssembly.Built built) {
        BundleSpec bundle = built.bundle();
        RemoteRepository repository = registry.repository(path(bundle));
        List<Tag> tags = new ArrayList<>();
        bundle.version().ifPresent(version -> tags.add(new Tag("v" + version)));
        Digest digest = built.index().descriptor().digest();
        for (Tag tag : tags) {
            refuseChanged(bundle, tag, repository.find(tag).map(Descriptor::digest), digest);
        }
        tags.add(LATEST);
        Optional<Digest> present = repository.find(LATEST).map(Descriptor::digest);
        boolean named = tags.stream()
                .allMatch(tag -> repository.find(tag)
                        .map(Descriptor::digest)
                        .equals(Optional.of(digest)));
        boolean locked = named && repository.exists(built.lock().manifest().descriptor());
        BundlePlan.Need need = !locked
                ? BundlePlan.Need.ALL
                : isAttested(built, repository)
                        ? BundlePlan.Need.NOTHING
                        : BundlePlan.Need.EVIDENCE;
        return new BundlePlan(bundle, repository, built.index(), built.images(), built.lock(), tags,
                built.leftOut(), present, need);
    }

    private boolean isAttested(BundleAssembly.Built built, RemoteRepository repository) {
        EvidenceCheck check = EvidenceCheck.of(config);
        return check.ofIndex(repository, built.index().descriptor().digest()).isEmpty() && built
                .images()
                .stream()
                .allMatch(image -> check.ofBundle(repository, image.manifest()
                        .descriptor()
                        .digest()).isEmpty());
    }

    /** The repository's path below the registry's namespace, such as {@code bundles/go-development}. */
    public String path(BundleSpec bundle) {
        return config.repositoryOf(bundle).path() + "/" + bundle.name();
    }

    /** A version of a bundle is as fixed as one of a tool. */
    private static void refuseChanged(BundleSpec bundle, Tag tag, Optional<Digest> there,
            Digest digest) {
        if (there.isPresent() && !there.get().equals(digest)) {
            throw new ContentMismatchException("bundle " + bundle.name() + ":" + tag
                    + " (published with other tools; give the bundle a new version)", there.get()
                            .toString(), digest.toString());
        }
    }

    private Published published(BundleSpec.Member member) {
        ToolSpec tool = Objects.requireNonNull(config.publishing().tools().get(member.tool()));
        ToolNames names = ToolNames.of(config.repositoryOf(tool), tool);
        List<PlatformName> wanted = tool.platforms().stream().map(ToolPlatform::name).toList();
        return new Published(member, names, PublishedTool.read(registry, names)
                .find(member.version(), wanted)
                .platforms());
    }

    /** Those that are asked for, else all that any tool has. */
    private static SortedSet<PlatformName> candidates(BundleSpec bundle, List<Published> tools) {
        SortedSet<PlatformName> all = new TreeSet<>(bundle.platforms());
        if (all.isEmpty()) {
            tools.forEach(tool -> all.addAll(tool.platforms().keySet()));
        }
        return all;
    }

    private static Optional<String> missing(List<Published> tools, PlatformName platform) {
        List<String> lacking = tools.stream()
                .filter(tool -> !tool.platforms().containsKey(platform))
                .map(tool -> tool.member().toString())
                .toList();
        return lacking.isEmpty()
                ? Optional.empty()
                : Optional.of("not published: " + String.join(", ", lacking));
    }

    private static void refuseMissing(BundleSpec bundle,
            SortedMap<PlatformName, List<MemberImage>> members,
            SortedMap<PlatformName, String> leftOut) {
        if (members.isEmpty() || (!bundle.platforms().isEmpty() && !leftOut.isEmpty())) {
            throw new ContentNotFoundException("cannot build bundle " + bundle.name() + ": "
                    + (members.isEmpty()
                            ? "no platform has all tools"
                            : "a wanted platform lacks"
                                    + " tools") + ": " + leftOut.entrySet()
                                            .stream()
                                            .map(e -> e.getKey() + " (" + e.getValue() + ")")
                                            .toList());
        }
    }

    private MemberImage image(Published tool, PlatformName platform) {
        String path = tool.names().platformPath(tool.member().version(), platform);
        Descriptor manifest = Objects.requireNonNull(tool.platforms().get(platform));
        return MemberImage.read(tool.member(), path, registry.repository(path), manifest);
    }
}
