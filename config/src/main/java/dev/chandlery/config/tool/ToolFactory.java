package dev.chandlery.config.tool;

import dev.chandlery.config.catalogue.Catalogue;
import dev.chandlery.config.catalogue.KnownKeys;
import dev.chandlery.config.proof.ProofChecks;
import dev.chandlery.config.proof.ProofRule;
import dev.chandlery.config.proof.TrustSpec;
import dev.chandlery.config.source.AssetTemplates;
import dev.chandlery.config.source.GithubSourceSpec;
import dev.chandlery.config.source.MavenSourceSpec;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.source.ReleasePattern;
import dev.chandlery.config.source.SourceSections;
import dev.chandlery.config.source.SourceSpec;
import dev.chandlery.config.source.ToolPlatform;
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
    private static final String PLUGINS = "plugins";

    private final Values values;
    /** On GitHub: as written, or as the catalogue knows it by the tool's name. */
    private final Optional<String> project;
    private final Optional<Catalogue.Entry> known;

    ToolFactory(Values values) {
        this.values = values;
        this.project = values.find(ToolSection.GITHUB_REPO)
                .or(() -> values.has(ToolSection.MAVEN) || values.has(ToolSection.NPM) || values
                        .has(ToolSection.HTTP)
                                ? Optional.empty()
                                : Catalogue.project(values.name()));
        this.known = project.flatMap(repository -> Catalogue.find(repository, values.name()));
    }

    ToolSpec tool() {
        checkName();
        SourceSpec source = source();
        String repository = repository();
        if (!values.reading().declared().contains(ToolSpec.group(repository))) {
            throw values.invalid(ToolSection.REPOSITORY, "no such group in repositories: "
                    + ToolSpec.group(repository));
        }
        ReleaseSelection releases = new ReleaseSelection(pattern(source), values.find(
                ToolSection.SCHEME), values.get(ToolSection.PRERELEASES), values.get(
                        ToolSection.VERSIONS), values.get(ToolSection.AUTO_PUBLISH), policy());
        return new ToolSpec(values.name(), repository, source, releases,
                platforms(), content(), trust(source), ToolSection.description(
                        values.get(ToolSection.DESCRIPTION), values.find(ToolSection.LICENSE),
                        values.find(ToolSection.HOMEPAGE)));
    }

    /** Plugins that the catalogue knows are in plugins/LANGUAGE, where a group of that name is declared. */
    private String repository() {
        boolean grouped = values.reading().declared().contains(PLUGINS);
        return values.find(ToolSection.REPOSITORY)
                .or(() -> known.flatMap(Catalogue.Entry::plugin)
                        .filter(_ -> grouped)
                        .map(language -> PLUGINS + "/" + language))
                .orElseGet(() -> values.get(ToolSection.REPOSITORY));
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
        if (written.size() != 1 && !(written.isEmpty() && project.isPresent())) {
            throw values.invalid("expected one of github_repo, maven, npm, http, found "
                    + (written.isEmpty()
                            ? "none"
                            : written.stream()
                                    .map(
                                            Key::name)
                                    .toList()));
        }
        if (values.has(ToolSection.GITHUB) && project.isEmpty()) {
            throw values.invalid(ToolSection.GITHUB, "needs github_repo beside it");
        }
        return values.find(ToolSection.MAVEN)
                .<SourceSpec>map(maven -> maven)
                .or(() -> values.find(ToolSection.NPM))
                .or(() -> values.find(ToolSection.HTTP))
                .orElseGet(this::github);
    }

    private GithubSourceSpec github() {
        String repository = project.orElseThrow();
        SourceSections.Github details = values.find(ToolSection.GITHUB)
                .orElseGet(SourceSections.Github::empty);
        if (details.asset().isEmpty()) {
            known.flatMap(Catalogue.Entry::sourceOnly).ifPresent(why -> {
                throw values.invalid(values.name() + " has no files to publish: " + why);
            });
        }
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

    /** What is written wins over what the catalogues know, an empty list too. */
    private TrustSpec trust(SourceSpec source) {
        List<ProofRule> rules = values.find(ToolSection.VERIFY).orElseGet(() -> known(source));
        for (ProofRule rule : rules) {
            ProofChecks.problem(rule.proof(), source)
                    .or(() -> unordered(rule))
                    .ifPresent(problem -> {
                        throw values.invalid(ToolSection.VERIFY, rule.proof().word() + ": "
                                + problem);
                    });
        }
        return new TrustSpec(values.find(ToolSection.TRUST), rules);
    }

    private Optional<String> unordered(ProofRule rule) {
        return values.find(ToolSection.SCHEME)
                .filter(scheme -> scheme == VersionScheme.OPAQUE && rule.isBounded())
                .map(_ -> "since and before need versions that are in an order");
    }

    private List<ProofRule> known(SourceSpec source) {
        List<ProofRule> proofs = source instanceof MavenSourceSpec maven
                ? KnownKeys.ofMaven(maven).stream().map(ProofRule::always).toList()
                : known.map(Catalogue.Entry::proofs).orElse(List.of());
        // Files of another name or place than the catalogue's may be signed otherwise, or not at all.
        boolean fits = proofs.stream()
                .allMatch(rule -> ProofChecks.problem(rule.proof(), source).isEmpty());
        return fits ? proofs : List.of();
    }

    private ReleasePattern pattern(SourceSpec source) {
        String usual = source instanceof GithubSourceSpec ? "v*" : "*";
        return values.find(ToolSection.PATTERN)
                .or(() -> known.flatMap(Catalogue.Entry::pattern))
                .orElseGet(() -> new ReleasePattern(usual));
    }

    private ReleasePolicy policy() {
        List<PlatformName> required = values.get(ToolSection.REQUIRE);
        for (PlatformName name : required) {
            if (!names().contains(name)) {
                throw values.invalid(ToolSection.REQUIRE, name + " is not in platforms");
            }
        }
        return new ReleasePolicy(values.find(ToolSection.AGE), values.get(ToolSection.INCOMPLETE),
                new TreeSet<>(required), new TreeSet<>(values.get(ToolSection.FLOATING)));
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
                values.find(ToolSection.ENTRYPOINT), values.get(ToolSection.VERSION_ARGUMENTS),
                emulated);
    }
}
