package dev.chandlery.upstream.maven;

import dev.chandlery.config.security.SecuritySpec;
import dev.chandlery.config.source.MavenSourceSpec;
import dev.chandlery.config.source.TemplateValues;
import dev.chandlery.config.source.ToolPlatform;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.upstream.Asset;
import dev.chandlery.upstream.EvidenceFile;
import dev.chandlery.upstream.FetchListener;
import dev.chandlery.upstream.FileHashes;
import dev.chandlery.upstream.Release;
import dev.chandlery.upstream.Upstream;
import dev.chandlery.upstream.Verification;
import dev.chandlery.upstream.VerifiedAsset;
import dev.chandlery.upstream.fetch.Unproven;
import dev.chandlery.upstream.proof.Candidate;
import dev.chandlery.upstream.proof.ProofSource;
import dev.chandlery.upstream.proof.Prover;
import dev.chandlery.upstream.release.ReleaseRules;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A tool that is released as files of a Maven artifact, one classifier for each platform. A
 * {@code .sha512} or {@code .sha256} beside a file proves it; {@code .sha1} is compared, and proves
 * nothing; {@code .asc} is kept as evidence, and checked where registry.yaml or the catalogue pins a key.
 */
public final class MavenUpstream implements Upstream {
    private static final int MAX_METADATA = 16 * 1024 * 1024;
    private static final int MAX_SIDECAR = 64 * 1024;
    private static final long MAX_ASSET = 16L * 1024 * 1024 * 1024;
    private static final MediaType TEXT = new MediaType("text/plain");

    private final ToolSpec tool;
    private final MavenSourceSpec source;
    private final SecuritySpec security;
    private final MavenClient client;
    private final ReleaseRules rules;
    private final Prover prover;

    /** @param client stays the caller's to close */
    public MavenUpstream(ToolSpec tool, MavenSourceSpec source, SecuritySpec security,
            MavenClient client, ReleaseRules rules, Prover prover) {
        this.tool = tool;
        this.source = source;
        this.security = security;
        this.client = client;
        this.rules = rules;
        this.prover = prover;
    }

    @Override
    public Stream<Release> listed(int newest) {
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
    public VerifiedAsset fetch(Asset asset, Path folder, FetchListener listener) {
        ToolPlatform platform = tool.findPlatform(asset.platform()).orElseThrow();
        String path = path(asset.release(), platform);
        Path file = folder.resolve(asset.fileName());
        for (MavenRepository repository : repositories()) {
            Optional<VerifiedAsset> fetched = Unproven.orRemove(file, () -> fetch(repository, path,
                    new Destination(asset, file), listener));
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
            Destination into, FetchListener listener) {
        Optional<FileHashes.Result> found = repository.download(path, into.file(), MAX_ASSET,
                listener);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        FileHashes.Result result = found.get();
        Verification verification = verify(repository, path, new Candidate(into.asset(), into
                .file(), result));
        return Optional.of(new VerifiedAsset(into.asset(), into.file(), result.sha256(), result
                .size(), verification));
    }

    private Verification verify(MavenRepository repository, String path, Candidate candidate) {
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        SortedMap<String, EvidenceFile> files = sidecars(repository, path);
        String sha1 = candidate.asset().fileName() + ".sha1";
        Optional.ofNullable(files.get(sha1))
                .ifPresent(file -> checkSha1(candidate.asset(), candidate.hashes(), file
                        .content()));
        Verification proven = prover.verify(candidate, name -> Optional.ofNullable(files.get(name))
                .map(EvidenceFile::content)
                .or(() -> repository.find(folder + name, ProofSource.MAX_BYTES)));
        proven.evidence().forEach(file -> files.put(file.name(), file));
        return new Verification(proven.rung(), List.copyOf(files.values()), proven.notes());
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

    /** Also those that nobody asks for: somebody may want to verify them later. */
    private static SortedMap<String, EvidenceFile> sidecars(MavenRepository repository,
            String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        List<String> suffixes = List.of(".asc", ".sha1", ".sha256", ".sha512");
        SortedMap<String, EvidenceFile> found = new TreeMap<>();
        TaskScope.mapAll("maven-sidecar", suffixes, suffix -> repository.find(path + suffix,
                MAX_SIDECAR).map(content -> new EvidenceFile(name + suffix, TEXT, content)))
                .forEach(sidecar -> sidecar.ifPresent(file -> found.put(file.name(), file)));
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
                    + " is in security.allowed_sources");
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
