package dev.chandlery.upstream.proof;

import dev.chandlery.oci.content.Content;
import dev.chandlery.upstream.Asset;
import dev.chandlery.upstream.FileHashes;
import java.nio.file.Path;

/**
 * A download that is to be proven.
 *
 * @param asset as it was offered
 * @param file with its bytes, which hash to {@code hashes}
 * @param hashes of them
 */
public record Candidate(Asset asset, Path file, FileHashes.Result hashes) {

    /** The bytes, to be read as often as needed. */
    public Content content() {
        return Content.of(file);
    }

    String name() {
        return asset.fileName();
    }
}
