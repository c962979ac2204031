package dev.chandlery.config.proof;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Public keys that are pinned: the text of one, files, or both.
 *
 * @param text of a key, as its file would hold it
 * @param files with keys
 */
public record KeySpec(Optional<String> text, List<Path> files) {

    public KeySpec {
        files = List.copyOf(files);
        if (text.isEmpty() && files.isEmpty()) {
            throw new IllegalArgumentException("expected key or key_files");
        }
    }
}
