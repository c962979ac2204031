package dev.chandlery.manager.transfer;

import dev.chandlery.config.source.NamePattern;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.tool.SelectionSpec;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.api.Endpoints;
import dev.chandlery.upstream.Version;
import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which tags of a repository are copied. Three kinds are told apart: fallback tags list the referrers of a
 * digest, and are not copied while referrers are, as those are linked anew; digest tags
 * ({@code sha256-<hex>.sig}) belong to a digest as a signature does; all others are tags of the user.
 *
 * @param what is asked for
 */
public record TagSelection(SelectionSpec what) {
    private static final Pattern DIGEST_TAG = Pattern.compile(
            "(sha256|sha512)-([0-9a-f]{64}|[0-9a-f]{128})\\.[a-z0-9]{1,16}");
    private static final Pattern VERSION = Pattern.compile("v?(\\d.*)");

    /**
     * The tags that are copied, sorted.
     *
     * @param all tags of the repository
     * @param digests of the manifests that tags name, and of the manifests that those list; asked only when
     *        digest tags have to be matched with what is selected
     */
    public SortedSet<Tag> select(Set<Tag> all, Function<Set<Tag>, Set<Digest>> digests) {
        TreeSet<Tag> selected = all.stream()
                .filter(tag -> !Endpoints.isFallbackTag(tag) && subject(tag).isEmpty())
                .filter(this::isNamed)
                .collect(Collectors.toCollection(TreeSet::new));
        what.latest().ifPresent(count -> keepLatest(selected, count));
        selected.addAll(ofDigests(all, Collections.unmodifiableSortedSet(selected), digests));
        return selected;
    }

    /** Whether the tag is one that this selection is about, wherever it is. */
    public boolean covers(Tag tag) {
        if (Endpoints.isFallbackTag(tag)) {
            return false;
        }
        return subject(tag).isPresent()
                ? isNamed(tag) && (isWhole() || !what.tags().isEmpty())
                : isNamed(tag);
    }

    /** The version that a tag is for, with or without a platform behind it; empty for other tags. */
    static Optional<Version> version(Tag tag) {
        String text = tag.value();
        for (PlatformName platform : PlatformName.all()) {
            String end = "-" + platform.value();
            if (text.endsWith(end)) {
                text = text.substring(0, text.length() - end.length());
                break;
            }
        }
        Matcher matcher = VERSION.matcher(text);
        return matcher.matches()
                ? Optional.of(new Version(matcher.group(1).replace('_', '+')))
                : Optional.empty();
    }

    /** Whether it is a digest tag, which belongs to a digest as a signature does. */
    static boolean isOfDigest(Tag tag) {
        return subject(tag).isPresent();
    }

    private boolean isWhole() {
        return what.tags().isEmpty() && what.latest().isEmpty();
    }

    private boolean isNamed(Tag tag) {
        return what.tags().isEmpty() || NamePattern.anyMatches(what.tags(), tag.value());
    }

    /** Tags that are no versions stay only where a pattern names them. */
    private void keepLatest(SortedSet<Tag> selected, int count) {
        Set<Version> latest = selected.stream()
                .flatMap(tag -> version(tag).stream())
                .distinct()
                .sorted(Comparator.reverseOrder())
                .limit(count)
                .collect(Collectors.toSet());
        selected.removeIf(tag -> version(tag).map(version -> !latest.contains(version))
                .orElse(what.tags().isEmpty()));
    }

    private Set<Tag> ofDigests(Set<Tag> all, SortedSet<Tag> selected,
            Function<Set<Tag>, Set<Digest>> digests) {
        Set<Tag> digestTags = all.stream()
                .filter(tag -> subject(tag).isPresent())
                .collect(Collectors.toSet());
        boolean explicit = !what.tags().isEmpty();
        Set<Tag> found = new TreeSet<>();
        if (explicit && !what.referrers()) {
            all.stream().filter(Endpoints::isFallbackTag).filter(this::isNamed).forEach(found::add);
        }
        if (isWhole() || digestTags.isEmpty()) {
            found.addAll(digestTags);
            return found;
        }
        Set<Digest> subjects = what.referrers() && !selected.isEmpty()
                ? digests.apply(selected)
                : Set.of();
        digestTags.stream()
                .filter(tag -> (explicit && isNamed(tag)) || subject(tag).filter(subjects::contains)
                        .isPresent())
                .forEach(found::add);
        return found;
    }

    /** The digest that a digest tag belongs to; empty for other tags. */
    private static Optional<Digest> subject(Tag tag) {
        Matcher matcher = DIGEST_TAG.matcher(tag.value());
        boolean fits = matcher.matches() && matcher.group(2).length() == (matcher.group(1)
                .equals("sha256") ? 64 : 128);
        return fits
                ? Optional.of(Digest.parse(matcher.group(1) + ":" + matcher.group(2)))
                : Optional.empty();
    }
}
