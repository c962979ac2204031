package dev.chandlery.config;

import dev.chandlery.config.yaml.InvalidValueException;
import dev.chandlery.config.yaml.Key;
import dev.chandlery.config.yaml.Values;
import dev.chandlery.oci.InvalidReferenceException;
import dev.chandlery.oci.RepositoryName;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Puts one tool's keys together, with what the catalogue knows of its project. */
final class ToolFactory {
    private final Values values;
    private final Optional<Catalogue.Entry> known;

    ToolFactory(Values values) {
        this.values = values;
        this.known = values.find(ToolSection.GITHUB_REPO)
                .flatMap(repository -> Catalogue.find(repository, values.name()));
    }

    ToolSpec tool() {
        checkName();
        SourceSpec source = source();
        if (!values.reading().declared().contains(values.get(ToolSection.REPOSITORY))) {
            throw values.invalid(ToolSection.REPOSITORY, "no such group in repositories: "
                    + values.get(ToolSection.REPOSITORY));
        }
        ReleaseSelection releases = new ReleaseSelection(pattern(source), values.get(
                ToolSection.PRERELEASES), values.get(ToolSection.AGE), values.get(
                        ToolSection.VERSIONS), values.get(ToolSection.AUTO_PUBLISH));
        return new ToolSpec(values.name(), values.get(ToolSection.REPOSITORY), source, releases,
                platforms(), content(), values.find(ToolSection.TRUST), ToolSection.description(
                        values.get(ToolSection.DESCRIPTION), values.find(ToolSection.LICENSE),
                        values.find(ToolSection.HOMEPAGE)));
    }

    private void checkName() {
        if (values.name().indexOf('/') >= 0) {
            throw values.invalid("expected a tool's name without /");
        }
        try {
            new RepositoryName(values.name());
        } catch (InvalidReferenceException e) {
            throw values.invalid("the tool's name becomes part of a repository's: " + e
                    .getMessage());
        }
    }

    private SourceSpec source() {
        List<Key<ToolSpec, ?>> written = Stream.<Key<ToolSpec, ?>>of(ToolSection.GITHUB_REPO,
                ToolSection.MAVEN, ToolSection.NPM, ToolSection.HTTP).filter(values::has).toList();
        if (written.size() != 1) {
            throw values.invalid("expected one of github_repo, maven, npm, http, found "
                    + (written.isEmpty()
                            ? "none"
                            : written.stream()
                                    .map(
                                            Key::name)
                                    .toList()));
        }
        if (values.has(ToolSection.GITHUB) && !values.has(ToolSection.GITHUB_REPO)) {
            throw values.invalid(ToolSection.GITHUB, "needs github_repo beside it");
        }
        return values.find(ToolSection.MAVEN)
                .<SourceSpec>map(maven -> maven)
                .or(() -> values.find(ToolSection.NPM))
                .or(() -> values.find(ToolSection.HTTP))
                .orElseGet(this::github);
    }

    private GithubSourceSpec github() {
        String repository = values.find(ToolSection.GITHUB_REPO).orElseThrow();
        SourceSections.Github details = values.find(ToolSection.GITHUB)
                .orElseGet(SourceSections.Github::empty);
        AssetTemplates assets = details.templates()
                .or(() -> known.map(entry -> withOverrides(
                        entry.assets(), details)))
                .orElseThrow(() -> unknown(repository));
        String[] parts = repository.split("/", 2);
        return new GithubSourceSpec(parts[0], parts[1], assets, details.checksums()
                .or(() -> known.flatMap(Catalogue.Entry::checksums)), details.api());
    }

    private InvalidValueException unknown(String repository) {
        List<String> tools = Catalogue.tools(repository);
        String hint = tools.isEmpty()
                ? "name its files in github.asset"
                : "its tools there are " + String.join(", ", tools)
                        + "; name the files of others in github.asset";
        return values.invalid(ToolSection.GITHUB_REPO, repository
                + " is not in the catalogue for this tool: " + hint);
    }

    private static AssetTemplates withOverrides(AssetTemplates assets,
            SourceSections.Github details) {
        var overrides = new TreeMap<>(assets.overrides());
        overrides.putAll(details.assets());
        var words = new TreeMap<>(assets.versionWords());
        words.putAll(details.versionWords());
        return new AssetTemplates(assets.general(), overrides, words);
    }

    private ReleasePattern pattern(SourceSpec source) {
        String usual = source instanceof GithubSourceSpec ? "v*" : "*";
        return values.find(ToolSection.PATTERN)
                .or(() -> known.flatMap(Catalogue.Entry::pattern))
                .orElseGet(() -> new ReleasePattern(usual));
    }

    private List<ToolPlatform> platforms() {
        List<PlatformName> names = names();
        SortedMap<PlatformName, String> words = new TreeMap<>();
        known.ifPresent(entry -> words.putAll(entry.words()));
        words.putAll(values.get(ToolSection.WORDS));
        for (PlatformName name : values.get(ToolSection.WORDS).keySet()) {
            if (!names.contains(name)) {
                throw values.invalid(ToolSection.WORDS, name + " is not in platforms");
            }
        }
        return names.stream()
                .map(name -> new ToolPlatform(name, words.getOrDefault(name, name
                        .value())))
                .toList();
    }

    private List<PlatformName> names() {
        return values.find(ToolSection.PLATFORMS)
                .orElseThrow(() -> values.invalid(
                        "platforms is missing: a list such as [linux-x86_64, darwin-arm64]"));
    }

    private ContentSpec content() {
        SortedSet<PlatformName> emulated = new TreeSet<>();
        known.ifPresent(entry -> emulated.addAll(entry.emulated()));
        emulated.removeAll(values.get(ToolSection.WORDS).keySet()); // names another file
        emulated.retainAll(names());
        emulated.addAll(values.get(ToolSection.EMULATED));
        return new ContentSpec(values.get(ToolSection.BINARIES), values.get(ToolSection.INCLUDE),
                values.get(ToolSection.KEEP), values.get(ToolSection.PACKAGE), values.get(
                        ToolSection.COMPRESSION),
                values.find(ToolSection.ENTRYPOINT),
                emulated);
    }
}
