package dev.chandlery.upstream;

import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** Where one tool's makers publish it, seen through what registry.yaml wants of it. */
public interface Upstream {

    /**
     * Releases that the tool's pattern, prerelease and age rules accept, newest version first; fetched as
     * the stream is read, which the caller closes.
     */
    Stream<Release> releases();

    /**
     * What upstream has of the release for the tool's platforms, by asking it; a platform that it does not
     * have is left out.
     */
    List<Asset> assets(Release release);

    /**
     * Downloads an asset and proves it as far as upstream lets us. Bytes are hashed as they come; on failure
     * no file is left.
     *
     * @param folder exists; the caller removes what is put there
     * @param progress takes the number of bytes that came since the last call
     * @throws dev.chandlery.oci.ContentMismatchException when size or a checksum is not what upstream states
     */
    VerifiedAsset fetch(Asset asset, Path folder, LongConsumer progress);
}
