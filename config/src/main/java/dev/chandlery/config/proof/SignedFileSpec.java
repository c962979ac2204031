package dev.chandlery.config.proof;

import dev.chandlery.config.source.AssetTemplate;

/**
 * A signed file and where its signature is.
 *
 * @param signature template of the signature's name, or of its address; {@code {asset}} is the signed file's
 *     name
 * @param over what is signed
 */
public record SignedFileSpec(AssetTemplate signature, Over over) {

    /** What a signature is over. */
    public enum Over {
        /** The download itself. */
        ASSET,
        /** The checksum file that names the download. */
        CHECKSUMS
    }

    /** Whether the signature is at an address of its own, not beside the signed file. */
    public boolean hasAddress() {
        return signature.text().startsWith("https://") || signature.text().startsWith("http://");
    }
}
