package dev.chandlery.config.endpoint;

import dev.chandlery.config.operation.Schedule;
import dev.chandlery.config.source.NamePattern;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.source.ToolTexts;
import dev.chandlery.config.tool.SelectionSpec;
import dev.chandlery.config.yaml.BooleanType;
import dev.chandlery.config.yaml.EitherType;
import dev.chandlery.config.yaml.Key;
import dev.chandlery.config.yaml.ListType;
import dev.chandlery.config.yaml.MapType;
import dev.chandlery.config.yaml.NumberType;
import dev.chandlery.config.yaml.Section;
import dev.chandlery.config.yaml.TextType;
import dev.chandlery.config.yaml.Values;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** One of {@code mirrors}. */
public final class MirrorSection {
    private static final int MOST_VERSIONS = 100_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final String GLOB =
            "names or globs: * is any text within a component, ** across them, ? one character";

    private static final TextType<NamePattern> PATTERN = TextType.of(NamePattern::new,
            NamePattern::glob).withSchema("pattern", "^[A-Za-z0-9._/*?-]{1,255}$");

    private static final Key<SelectionSpec, List<NamePattern>> INCLUDE = Key.of("include", ListType
            .of(PATTERN), "repositories below the namespace, as " + GLOB
                    + "; default: all that this file lays out", SelectionSpec::include)
            .or(List.of());
    private static final Key<SelectionSpec, List<NamePattern>> EXCLUDE = Key.of("exclude", ListType
            .of(PATTERN), "repositories that are left out all the same",
            SelectionSpec::exclude).or(List.of());
    private static final Key<SelectionSpec, List<NamePattern>> TAGS = Key.of("tags", ListType.of(
            PATTERN), "tags, as names or globs; default: all", SelectionSpec::tags).or(List.of());
    private static final Key<SelectionSpec, Integer> LATEST = Key.optional("latest", NumberType
            .whole(1, MOST_VERSIONS, "versions"),
            "how many of the newest versions; default: all", SelectionSpec::latest);
    private static final Key<SelectionSpec, List<PlatformName>> PLATFORMS = Key.of("platforms",
            ListType.of(ToolTexts.PLATFORM), "default: all", SelectionSpec::platforms)
            .or(List.of());
    private static final Key<SelectionSpec, Boolean> REFERRERS = Key.of("referrers",
            new BooleanType(), "whether signatures, SBOMs and evidence come too",
            SelectionSpec::referrers).or(true);
    private static final Section<SelectionSpec> WHAT_SECTION = new Section<>(List.of(INCLUDE,
            EXCLUDE, TAGS, LATEST, PLATFORMS, REFERRERS), MirrorSection::selection);

    private static final EitherType<MirrorSpec.End, EndpointSpec> END = new EitherType<>(TextType
            .of(MirrorSection::named, MirrorSpec.End::label), EndpointSection.SECTION,
            MirrorSpec.Own::new, MirrorSection::own);
    private static final String REGISTRY =
            "primary, a backup registry by its url, or a mapping as primary_registry's";

    private static final Key<MirrorSpec, MirrorSpec.End> SOURCE = Key.of("source", END,
            "where it is copied from: " + REGISTRY, MirrorSpec::source)
            .or(new MirrorSpec.Named(RegistriesSpec.PRIMARY));
    private static final Key<MirrorSpec, MirrorSpec.End> TARGET = Key.required("target", END,
            "where it is copied to: " + REGISTRY, MirrorSpec::target);
    private static final Key<MirrorSpec, SelectionSpec> WHAT = Key.of("what", WHAT_SECTION,
            "what of the source", MirrorSpec::what).orGet(WHAT_SECTION::defaults);
    private static final Key<MirrorSpec, String> WHEN = Key.optional("when", TextType.of(
            MirrorSection::time, text -> text)
            .withSchema("examples", List.of(MirrorSpec.AFTER_PUBLISH, "0 3 * * *")),
            "cron expression of five fields, in UTC, or " + MirrorSpec.AFTER_PUBLISH
                    + "; default: only when asked", MirrorSpec::when);

    private static final Section<MirrorSpec> SECTION = new Section<>(List.of(SOURCE, TARGET, WHAT,
            WHEN), MirrorSection::build);

    /** Mirrors by name. */
    public static final MapType<String, MirrorSpec> MIRRORS = new MapType<>(TextType.of(
            MirrorSection::name, text -> text), SECTION);

    private MirrorSection() {}

    /**
     * Refuses mirrors that cannot work.
     *
     * @throws IllegalArgumentException when an end is no registry of the file, or both are the same
     */
    public static void check(RegistriesSpec registries) {
        for (MirrorSpec mirror : registries.mirrors().values()) {
            EndpointSpec source = endpoint(registries, mirror, mirror.source());
            EndpointSpec target = endpoint(registries, mirror, mirror.target());
            if (source.label().equals(target.label()) && source.storage()
                    .equals(target
                            .storage())) {
                throw new IllegalArgumentException("mirror " + mirror.name()
                        + ": source and target are the same");
            }
        }
    }

    private static EndpointSpec endpoint(RegistriesSpec registries, MirrorSpec mirror,
            MirrorSpec.End end) {
        try {
            return registries.endpoint(end);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("mirror " + mirror.name() + ": " + e.getMessage(),
                    e);
        }
    }

    private static SelectionSpec selection(Values values) {
        return new SelectionSpec(values.get(INCLUDE), values.get(EXCLUDE), values.get(TAGS), values
                .find(LATEST), values.get(PLATFORMS), values.get(REFERRERS));
    }

    private static MirrorSpec build(Values values) {
        MirrorSpec.End target = values.find(TARGET)
                .orElseThrow(() -> values.invalid("target is missing: " + REGISTRY));
        return new MirrorSpec(values.name(), values.get(SOURCE), target, values.get(WHAT), values
                .find(WHEN));
    }

    private static Optional<EndpointSpec> own(MirrorSpec.End end) {
        return switch (end) {
            case MirrorSpec.Own(EndpointSpec endpoint) -> Optional.of(endpoint);
            case MirrorSpec.Named _ -> Optional.empty();
        };
    }

    private static MirrorSpec.End named(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("expected " + REGISTRY);
        }
        return new MirrorSpec.Named(text);
    }

    private static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "expected a name of letters, digits, '.', '_' and '-'");
        }
        return text;
    }

    private static String time(String text) {
        return text.equals(MirrorSpec.AFTER_PUBLISH) ? text : Schedule.parse(text);
    }
}
