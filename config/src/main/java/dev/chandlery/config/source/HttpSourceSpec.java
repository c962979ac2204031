package dev.chandlery.config.source;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Files behind plain URLs. Versions are listed in registry.yaml or read from a text file, one a line.
 *
 * @param url template of the file
 * @param versions empty when {@code versionsUrl} is given
 * @param versionsUrl of a text with one version a line
 * @param checksumUrl template of the file with checksums
 */
public record HttpSourceSpec(AssetTemplate url, List<String> versions, Optional<URI> versionsUrl,
        Optional<AssetTemplate> checksumUrl) implements SourceSpec {

    public HttpSourceSpec {
        versions = List.copyOf(versions);
        if (versions.isEmpty() == versionsUrl.isEmpty()) {
            throw new IllegalArgumentException("expected either versions or versions_url");
        }
    }
}
