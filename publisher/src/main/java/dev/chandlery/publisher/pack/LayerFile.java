package dev.chandlery.publisher.pack;

import dev.chandlery.oci.Digest;
import java.nio.file.Path;

/**
 * A layer on our disk.
 *
 * @param file compressed
 * @param digest of the file
 * @param size of the file in bytes
 * @param diffId digest of the tar inside
 */
record LayerFile(Path file, Digest digest, long size, Digest diffId) {}
