package dev.chandlery.upstream;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MediaType;

/**
 * A checksum or signature file, byte for byte.
 *
 * @param name upstream's
 * @param type of its content
 * @param content all of it
 */
public record EvidenceFile(String name, MediaType type, Bytes content) {}
