package dev.chandlery.config.proof;

import dev.chandlery.config.source.AssetTemplate;
import dev.chandlery.config.source.AssetTemplates;
import dev.chandlery.config.source.GithubSourceSpec;
import dev.chandlery.config.source.HttpSourceSpec;
import dev.chandlery.config.source.MavenSourceSpec;
import dev.chandlery.config.source.NpmSourceSpec;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.source.ReleasePattern;
import dev.chandlery.config.source.SourceSections;
import dev.chandlery.config.source.SourceSpec;
import dev.chandlery.config.source.ToolTexts;
import dev.chandlery.config.yaml.Key;
import dev.chandlery.config.yaml.MapType;
import dev.chandlery.config.yaml.Section;
import dev.chandlery.config.yaml.TextType;
import dev.chandlery.config.yaml.Values;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** {@code second_source} of a tool's {@code verify}. */
final class SecondSourceSection {
    private static final Key<SecondSourceSpec, String> GITHUB_REPO = Key.optional("github_repo",
            TextType.of(ToolTexts::ownerAndName, text -> text),
            "owner/repository of GitHub releases; needs github.asset",
            spec -> source(spec, GithubSourceSpec.class).map(github -> github.owner() + "/" + github
                    .repository()));
    private static final Key<SecondSourceSpec, SourceSections.Github> GITHUB = Key.optional(
            "github", SourceSections.GITHUB, "names of the files on GitHub",
            spec -> source(spec, GithubSourceSpec.class).map(SourceSections.Github::of));
    private static final Key<SecondSourceSpec, MavenSourceSpec> MAVEN = Key.optional("maven",
            SourceSections.MAVEN, "files of a Maven artifact", spec -> source(spec,
                    MavenSourceSpec.class));
    private static final Key<SecondSourceSpec, NpmSourceSpec> NPM = Key.optional("npm",
            SourceSections.NPM, "npm packages, one for each platform", spec -> source(spec,
                    NpmSourceSpec.class));
    private static final Key<SecondSourceSpec, HttpSourceSpec> HTTP = Key.optional("http",
            SourceSections.HTTP, "files of a web site", spec -> source(spec,
                    HttpSourceSpec.class));
    private static final Key<SecondSourceSpec, ReleasePattern> PATTERN = Key.of("release_pattern",
            ToolTexts.PATTERN,
            "how the release of a version is called there; default: v* on GitHub,"
                    + " else *", SecondSourceSpec::pattern);
    private static final Key<SecondSourceSpec, SortedMap<PlatformName, String>> WORDS = Key.of(
            "platform_words", new MapType<>(ToolTexts.PLATFORM, TextType.plain()),
            "what {platform} becomes there", SecondSourceSpec::words).or(new TreeMap<>());
    private static final Key<SecondSourceSpec, SortedMap<AssetTemplate, AssetTemplate>> FILES = Key
            .of("files", new MapType<>(ToolTexts.TEMPLATE, ToolTexts.TEMPLATE),
                    "paths in the download, to paths in the other one, which must be the same byte"
                            + " for byte; . is the download itself",
                    SecondSourceSpec::files)
            .or(new TreeMap<>(java.util.Map.of(SecondSourceSpec.WHOLE, SecondSourceSpec.WHOLE)));

    static final Section<SecondSourceSpec> SECTION = new Section<>(List.of(GITHUB_REPO, GITHUB,
            MAVEN, NPM, HTTP, PATTERN, WORDS, FILES), SecondSourceSection::build);

    private SecondSourceSection() {}

    private static <T extends SourceSpec> Optional<T> source(SecondSourceSpec spec,
            Class<T> kind) {
        return Optional.of(spec.source()).filter(kind::isInstance).map(kind::cast);
    }

    private static SecondSourceSpec build(Values values) {
        SourceSpec source = source(values);
        ReleasePattern pattern = values.find(PATTERN)
                .orElseGet(() -> new ReleasePattern(
                        source instanceof GithubSourceSpec ? "v*" : "*"));
        if (values.get(FILES).isEmpty()) {
            throw values.invalid(FILES, "expected at least one file that is compared");
        }
        return new SecondSourceSpec(source, pattern, values.get(WORDS), values.get(FILES));
    }

    private static SourceSpec source(Values values) {
        List<? extends Key<SecondSourceSpec, ?>> written = Stream.of(GITHUB_REPO, MAVEN, NPM, HTTP)
                .filter(values::has)
                .toList();
        if (written.size() != 1) {
            throw values.invalid("expected one of github_repo, maven, npm, http, found "
                    + (written.isEmpty() ? "none" : written.stream().map(Key::name).toList()));
        }
        return values.find(MAVEN)
                .<SourceSpec>map(maven -> maven)
                .or(() -> values.find(NPM))
                .or(() -> values.find(HTTP))
                .orElseGet(() -> github(values));
    }

    private static GithubSourceSpec github(Values values) {
        String[] parts = values.find(GITHUB_REPO).orElseThrow().split("/", 2);
        SourceSections.Github details = values.find(GITHUB)
                .orElseGet(SourceSections.Github::empty);
        AssetTemplates assets = details.templates()
                .orElseThrow(() -> values.invalid(GITHUB_REPO,
                        "name its files in github.asset"));
        return new GithubSourceSpec(parts[0], parts[1], assets, details.checksums(), details
                .api());
    }
}
