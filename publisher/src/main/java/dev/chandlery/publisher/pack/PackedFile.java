package dev.chandlery.publisher.pack;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A file or link of a tool, as its users get it.
 *
 * @param path in the layer, such as {@code bin/protoc}
 * @param content where its bytes lie on our disk
 * @param size in bytes
 * @param machine what its header says when it is an executable, each slice of a universal one, such as
 *     {@code MACH_O for amd64, arm64}
 */
public record PackedFile(String path, Path content, long size, Optional<String> machine) {}
