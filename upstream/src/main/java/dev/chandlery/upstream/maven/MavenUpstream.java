package dev.chandlery.upstream.maven;

import dev.chandlery.config.MavenSourceSpec;
import dev.chandlery.config.Rung;
import dev.chandlery.config.SecuritySpec;
import dev.chandlery.config.TemplateValues;
import dev.chandlery.config.ToolPlatform;
import dev.chandlery.config.ToolSpec;
import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.upstream.Asset;
import dev.chandlery.upstream.EvidenceFile;
import dev.chandlery.upstream.FileHashes;
import dev.chandlery.upstream.Release;
import dev.chandlery.upstream.Upstream;
import dev.chandlery.upstream.Verification;
import dev.chandlery.upstream.VerifiedAsset;
import dev.chandlery.upstream.fetch.Proof;
import dev.chandlery.upstream.release.ReleaseRules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * A tool that is released as files of a Maven artifact, one classifier for each platform. A
 * {@code .sha512} or {@code .sha256} beside a file proves it; {@code .sha1} is compared, and proves
 * nothing; {@code .asc} is kept as evidence.
 */
public final class MavenUpstream implements Upstream {
    private static final int MAX_METADATA = 16 * 1024 * 1024;
    private static final int MAX_SIDECAR = 64 * 1024;
    private static final long MAX_ASSET = 16L * 1024 * 1024 * 1024;
    private static final List<Algorithm> ALL = List.of(Algorithm.values());
    private static final MediaType TEXT = new MediaType("text/plain");

    private final ToolSpec tool;
    private final MavenSourceSpec source;
    private final SecuritySpec security;
    private final MavenClient client;
    private final ReleaseRules rules;

    /** @param client stays the caller's to close */
    public MavenUpstream(ToolSpec tool, MavenSourceSpec source, SecuritySpec security,
            MavenClient client, ReleaseRules rules) {
        this.tool = tool;
        this.source = source;
        this.security = security;
        this.client = client;
        this.rules = rules;
    }

    @Override
    public Stream<Release> releases() {
        String path = folder() + "maven-metadata.xml";
        Set<String> versions = new LinkedHashSet<>();
        for (MavenRepository repository : repositories()) {
            repository.find(path, MAX_METADATA)
                    .ifPresent(xml -> versions.addAll(MavenMetadata
                            .versions(xml, path + " of " + repository)));
        }
        if (versions.isEmpty()) {
            throw new ContentNotFoundException("cannot list versions of " + source.groupId() + ":"
                    + source.artifactId() + ": no " + path + " in " + repositories());
        }
        return rules.select(versions.stream().map(ReleaseRules.Listed::named));
    }

    @Override
    public List<Asset> assets(Release release) {
        return TaskScope.mapAll("maven-asset", tool.platforms(), platform -> find(release,
                platform)).stream().flatMap(Optional::stream).toList();
    }

    private Optional<Asset> find(Release release, ToolPlatform platform) {
        String path = path(release, platform);
        String fileName = path.substring(path.lastIndexOf('/') + 1);
        return repositories().stream()
                .filter(repository -> repository.exists(path))
                .findFirst()
                .map(repository -> new Asset(platform.name(), fileName, repository.uri(path),
                        OptionalLong.empty(), Optional.empty(), Optional.empty(), release));
    }

    @Override
    public VerifiedAsset fetch(Asset asset, Path folder, LongConsumer progress) {
        ToolPlatform platform = tool.findPlatform(asset.platform()).orElseThrow();
        String path = path(asset.release(), platform);
        Path file = folder.resolve(asset.fileName());
        for (MavenRepository repository : repositories()) {
            Optional<VerifiedAsset> fetched = Proof.orRemove(file, () -> fetch(repository, path,
                    new Destination(asset, file), progress));
            if (fetched.isPresent()) {
                return fetched.get();
            }
        }
        throw new ContentNotFoundException("cannot fetch " + path + ": it is no longer in "
                + repositories());
    }

    /** An asset and where it goes. */
    private record Destination(Asset asset, Path file) {}

    private Optional<VerifiedAsset> fetch(MavenRepository repository, String path,
            Destination into, LongConsumer progress) {
        FileHashes hashes = new FileHashes();
        boolean found = repository.download(path, into.file(), MAX_ASSET, data -> {
            hashes.update(data);
            progress.accept(data.remaining());
        });
        if (!found) {
            return Optional.empty();
        }
        FileHashes.Result result = hashes.finish();
        Verification verification = verify(into.asset(), result, sidecars(repository, path));
        return Optional.of(new VerifiedAsset(into.asset(), into.file(), result.sha256(), result
                .size(), verification));
    }

    private Verification verify(Asset asset, FileHashes.Result hashes,
            List<EvidenceFile> sidecars) {
        boolean proven = false;
        for (EvidenceFile sidecar : sidecars) {
            String name = sidecar.name();
            if (name.endsWith(".sha1")) {
                checkSha1(asset, hashes, sidecar.content());
            } else if (!name.endsWith(".asc")) {
                Proof.byChecksumFile(asset.fileName(), sidecar, ALL, hashes);
                proven |= counts(name);
            }
        }
        return proven
                ? new Verification(Rung.CHECKSUM_FILE, sidecars, List.of())
                : new Verification(Rung.FIRST_USE, sidecars, List.of(
                        "the repository has no checksum of " + asset.fileName()
                                + " that counts as proof"));
    }

    /** Every checksum is compared; those of checksum_algorithms prove something. */
    private boolean counts(String sidecar) {
        return security.checksumAlgorithms()
                .stream()
                .anyMatch(algorithm -> sidecar.endsWith("."
                        + algorithm.label()));
    }

    private static void checkSha1(Asset asset, FileHashes.Result hashes, Bytes content) {
        String stated = content.utf8().strip().split("\\s", 2)[0].toLowerCase(Locale.ROOT);
        require(asset, "sha1:" + stated, "sha1:" + hashes.sha1());
    }

    private static void require(Asset asset, String expected, String actual) {
        if (!expected.equals(actual)) {
            throw new ContentMismatchException(asset.fileName(), expected, actual);
        }
    }

    private static List<EvidenceFile> sidecars(MavenRepository repository, String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        List<String> suffixes = List.of(".asc", ".sha1", ".sha256", ".sha512");
        List<EvidenceFile> found = new ArrayList<>();
        TaskScope.mapAll("maven-sidecar", suffixes, suffix -> repository.find(path + suffix,
                MAX_SIDECAR).map(content -> new EvidenceFile(name + suffix, TEXT, content)))
                .forEach(sidecar -> sidecar.ifPresent(found::add));
        return found;
    }

    private List<MavenRepository> repositories() {
        List<MavenRepository> allowed = client.repositories()
                .stream()
                .filter(
                        repository -> security.allowsSource(repository.host()))
                .toList();
        if (allowed.isEmpty()) {
            throw new UntrustedContentException("cannot read " + source.groupId() + ":" + source
                    .artifactId() + ": none of the Maven repositories " + client.repositories()
                    + " is in allowed_sources");
        }
        return allowed;
    }

    private String folder() {
        return source.groupId().replace('.', '/') + "/" + source.artifactId() + "/";
    }

    private String path(Release release, ToolPlatform platform) {
        String classifier = source.classifier()
                .expand(TemplateValues.of(release.version()
                        .toString(), release.name(), platform));
        return folder() + release.name() + "/" + source.artifactId() + "-" + release.name()
                + (classifier.isEmpty() ? "" : "-" + classifier) + "." + source.extension();
    }
}
