package dev.chandlery.upstream.sources;

import dev.chandlery.config.proof.SecondSourceSpec;
import dev.chandlery.config.proof.TrustSpec;
import dev.chandlery.config.source.ToolPlatform;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.StorageException;
import dev.chandlery.upstream.Asset;
import dev.chandlery.upstream.Release;
import dev.chandlery.upstream.Upstream;
import dev.chandlery.upstream.VerifiedAsset;
import dev.chandlery.upstream.github.Attestations;
import dev.chandlery.upstream.proof.Candidate;
import dev.chandlery.upstream.proof.ChannelRecord;
import dev.chandlery.upstream.proof.Members;
import dev.chandlery.upstream.proof.OutsideProofs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Asks places other than a tool's own upstream. */
final class OtherPlaces implements OutsideProofs.Elsewhere {
    private final ToolSpec tool;
    private final Attestations attestations;
    private final Function<ToolSpec, Upstream> upstreams;

    /** @param upstreams make the upstream of a tool that is nobody else's */
    OtherPlaces(ToolSpec tool, Attestations attestations, Function<ToolSpec, Upstream> upstreams) {
        this.tool = tool;
        this.attestations = attestations;
        this.upstreams = upstreams;
    }

    @Override
    public Optional<Bytes> attestations(String repository, Digest digest) {
        return attestations.find(repository, digest);
    }

    @Override
    public Optional<ChannelRecord> channel(Candidate candidate, SecondSourceSpec spec) {
        Asset first = candidate.asset();
        ToolSpec other = other(spec, first);
        Release there = new Release(spec.pattern().releaseName(first.release().version().text()),
                first.release().version(), Optional.empty(), false, Optional.empty());
        Upstream upstream = upstreams.apply(other);
        Optional<Asset> asset = assets(upstream, there);
        if (asset.isEmpty()) {
            return Optional.empty();
        }
        Path folder = candidate.file().resolveSibling(first.fileName() + ".second");
        try {
            Files.createDirectory(folder);
            return Optional.of(record(upstream.fetch(asset.get(), folder, _ -> {}), there));
        } catch (IOException e) {
            throw new StorageException("cannot write " + folder + ": " + e, e);
        } finally {
            remove(folder);
        }
    }

    /** A release that a channel does not have is told as that, not as trouble. */
    private static Optional<Asset> assets(Upstream upstream, Release release) {
        try {
            return upstream.assets(release).stream().findFirst();
        } catch (dev.chandlery.oci.ContentNotFoundException _) {
            return Optional.empty();
        }
    }

    private static ChannelRecord record(VerifiedAsset asset, Release release) {
        SortedMap<String, Digest> files = new TreeMap<>();
        String name = asset.asset().fileName();
        Members.of(asset.file(), name, asset.digest())
                .forEach((path, member) -> files.put(path,
                        member.digest()));
        return new ChannelRecord(asset.asset().uri().getHost() == null
                ? "a folder"
                : asset.asset().uri().getHost(), release.name(), name, asset.digest(), files);
    }

    /** The tool as the other channel has it: for one platform, proven by what that channel states. */
    private ToolSpec other(SecondSourceSpec spec, Asset first) {
        String word = spec.words().getOrDefault(first.platform(), first.platform().value());
        return new ToolSpec(tool.name(), tool.repository(), spec.source(), tool.releases(), List
                .of(new ToolPlatform(first.platform(), word)), tool.content(), TrustSpec.NONE, tool
                        .description());
    }

    private static void remove(Path folder) {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new StorageException("cannot remove " + folder + ": " + e, e);
        }
    }
}
