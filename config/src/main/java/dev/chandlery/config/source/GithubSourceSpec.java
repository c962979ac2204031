package dev.chandlery.config.source;

import java.net.URI;
import java.util.Optional;

/**
 * Releases of a GitHub repository.
 *
 * @param owner such as {@code bufbuild}
 * @param repository such as {@code buf}
 * @param assets names of the release's files
 * @param checksumAsset name of the file with checksums, with {@code {asset}} when there is one per file;
 *     empty when upstream has none
 * @param apiBase of the REST API, without a slash at the end
 */
public record GithubSourceSpec(String owner, String repository, AssetTemplates assets,
        Optional<AssetTemplate> checksumAsset, URI apiBase) implements SourceSpec {

    /** GitHub's own REST API. */
    public static final URI PUBLIC_API = URI.create("https://api.github.com");
}
