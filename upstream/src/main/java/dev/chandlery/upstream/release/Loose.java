package dev.chandlery.upstream.release;

import dev.chandlery.upstream.Release;
import dev.chandlery.upstream.Version;
import java.util.Comparator;
import java.util.List;

/** Any text with a number in it, in the order of {@link Version}. */
record Loose() implements Scheme {

    @Override
    public boolean accepts(String text) {
        return text.chars().anyMatch(Character::isDigit);
    }

    @Override
    public boolean isPrerelease(String text) {
        return new Version(text).isPrerelease();
    }

    @Override
    public Comparator<Release> order() {
        return Comparator.comparing(Release::version);
    }

    @Override
    public List<String> series(Version version) {
        return version.isPrerelease() ? List.of() : Series.of(version.text());
    }
}
