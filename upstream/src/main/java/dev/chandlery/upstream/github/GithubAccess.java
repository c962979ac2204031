package dev.chandlery.upstream.github;

import dev.chandlery.upstream.UpstreamContext;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How GitHub's API is asked.
 *
 * @param token of {@code GITHUB_TOKEN} or {@code GH_TOKEN}; sent to the API's own origin only
 * @param pages where answers are kept with their entity tags
 * @param readOnly whether no answer may be kept now
 */
public record GithubAccess(Optional<String> token, Path pages, boolean readOnly) {

    /** As the environment and the cache folder have it. */
    public static GithubAccess of(UpstreamContext context) {
        Optional<String> token = Stream.of("GITHUB_TOKEN", "GH_TOKEN")
                .map(context.environment()::get)
                .filter(value -> value != null && !value.isBlank())
                .map(String::strip)
                .findFirst();
        Path folder = context.config().cache().localCacheDir().resolve("github");
        return new GithubAccess(token, folder, context.readOnly());
    }

    @Override
    public String toString() {
        return token.isPresent() ? "GitHub with a token" : "GitHub without a token";
    }
}
