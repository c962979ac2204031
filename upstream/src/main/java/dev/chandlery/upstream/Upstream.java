package dev.chandlery.upstream;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import java.util.stream.Stream;

/** Where one tool's makers publish it, seen through what registry.yaml wants of it. */
public interface Upstream {

    /**
     * Releases that the tool's pattern, scheme and prerelease rules accept, newest version first, also those
     * that are too young yet.
     *
     * @param newest how many are wanted of those that are old enough; older ones may be left out where
     *     upstream's list is long
     */
    Stream<Release> listed(int newest);

    /** Of {@link #listed} those that may be published now. */
    default Stream<Release> releases(int newest) {
        return listed(newest).filter(release -> !release.isWaiting());
    }

    /** All that may be published now, newest version first. */
    default Stream<Release> releases() {
        return releases(Integer.MAX_VALUE);
    }

    /** The release with this version or name, though it be too young; of several the newest. */
    default Optional<Release> find(String version) {
        try (Stream<Release> all = listed(Integer.MAX_VALUE)) {
            return all.filter(release -> release.name().equals(version) || release.version()
                    .text()
                    .equals(version)).findFirst();
        }
    }

    /**
     * What upstream has of the release for the tool's platforms, by asking it; a platform that it does not
     * have is left out.
     */
    List<Asset> assets(Release release);

    /** Whether {@link #assets} costs no request once the release was listed. */
    default boolean listsAssets() {
        return false;
    }

    /**
     * What upstream says of a release today.
     *
     * @param release its name
     * @param files names of the files that were taken from it
     */
    default Standing standing(String release, Set<String> files) {
        return new Standing.Unknown();
    }

    /**
     * What changes along with an asset's bytes, as its host vouches, such as a strong entity tag; asks for it.
     * Empty where nobody says so.
     */
    default Optional<String> validator(Asset asset) {
        return Optional.empty();
    }

    /**
     * Downloads an asset and proves it as far as upstream lets us. Bytes are hashed as they come; on failure
     * no file is left.
     *
     * @param folder exists; the caller removes what is put there
     * @param listener is told how it goes
     * @throws dev.chandlery.oci.ContentMismatchException when size or a checksum is not what upstream states
     */
    VerifiedAsset fetch(Asset asset, Path folder, FetchListener listener);
}
