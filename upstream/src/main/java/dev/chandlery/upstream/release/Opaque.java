package dev.chandlery.upstream.release;

import dev.chandlery.upstream.Release;
import dev.chandlery.upstream.Version;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Names that say nothing: the time of the release is all there is, and the text where that is not told. */
record Opaque() implements Scheme {
    private static final Pattern COMMIT = Pattern.compile("(?=.*[a-f])(?=.*\\d)[0-9a-f]{7,64}");

    static boolean isCommit(String text) {
        return COMMIT.matcher(text).matches();
    }

    @Override
    public boolean accepts(String text) {
        return !text.isEmpty();
    }

    @Override
    public boolean isPrerelease(String text) {
        return false;
    }

    @Override
    public Comparator<Release> order() {
        return Comparator.<Release, Instant>comparing(release -> release.published()
                .orElse(
                        Instant.MIN))
                .thenComparing(Release::version);
    }

    @Override
    public List<String> series(Version version) {
        return List.of();
    }
}
