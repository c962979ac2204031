package dev.chandlery.config.proof;

import dev.chandlery.config.source.AssetTemplate;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.source.ReleasePattern;
import dev.chandlery.config.source.SourceSpec;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Another channel, independent of the first, that must have the same bytes.
 *
 * @param source of the other files
 * @param pattern of the other channel's release names
 * @param words what {@code {platform}} becomes there, where it is not the platform's own name
 * @param files paths in the first download to paths in the other; {@code .} is the download itself
 */
public record SecondSourceSpec(SourceSpec source, ReleasePattern pattern,
        SortedMap<PlatformName, String> words, SortedMap<AssetTemplate, AssetTemplate> files)
        implements
        ProofSpec {

    /** The download itself. */
    public static final AssetTemplate WHOLE = new AssetTemplate(".");

    public SecondSourceSpec {
        words = Collections.unmodifiableSortedMap(new TreeMap<>(words));
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        if (files.isEmpty()) {
            throw new IllegalArgumentException("expected files that are compared");
        }
    }

    @Override
    public String word() {
        return "second_source";
    }

    @Override
    public Rung rung() {
        return Rung.TWO_CHANNELS;
    }
}
