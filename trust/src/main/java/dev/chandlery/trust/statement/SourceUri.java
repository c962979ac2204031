package dev.chandlery.trust.statement;

import java.util.Locale;
import java.util.Optional;

/**
 * Where sources come from, as provenance writes it: {@code git+https://github.com/o/r@refs/tags/v1}.
 *
 * @param repository {@code https://github.com/o/r}; without prefix, {@code .git} and slash at the end
 * @param ref behind the at sign, where there is one
 */
record SourceUri(String repository, Optional<String> ref) {
    private static final String GIT = "git+";

    static SourceUri parse(String uri) {
        String text = uri.startsWith(GIT) ? uri.substring(GIT.length()) : uri;
        // After the path began, so that user@host is no ref.
        int scheme = text.indexOf("://");
        int path = text.indexOf('/', scheme < 0 ? 0 : scheme + 3);
        int at = text.indexOf('@', Math.max(path, 0));
        Optional<String> ref = at < 0 ? Optional.empty() : Optional.of(text.substring(at + 1));
        return new SourceUri(plain(at < 0 ? text : text.substring(0, at)), ref);
    }

    static boolean isGit(String uri) {
        return uri.startsWith(GIT);
    }

    /** Whether both name the same repository; GitHub's names differ by more than case. */
    boolean isSame(SourceUri other) {
        return key().equals(other.key());
    }

    private String key() {
        String text = repository.contains("://") ? repository : "https://" + repository;
        boolean github = text.regionMatches(true, 0, "https://github.com/", 0, 19);
        return github ? text.toLowerCase(Locale.ROOT) : text;
    }

    private static String plain(String uri) {
        String text = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
        return text.endsWith(".git") ? text.substring(0, text.length() - 4) : text;
    }
}
