package dev.chandlery.config.tool;

import dev.chandlery.config.proof.ProofRule;
import dev.chandlery.config.proof.Rung;
import dev.chandlery.config.proof.VerifySection;
import dev.chandlery.config.security.SecuritySection;
import dev.chandlery.config.source.GithubSourceSpec;
import dev.chandlery.config.source.HttpSourceSpec;
import dev.chandlery.config.source.MavenSourceSpec;
import dev.chandlery.config.source.NpmSourceSpec;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.source.ReleasePattern;
import dev.chandlery.config.source.SourceSections;
import dev.chandlery.config.source.SourceSpec;
import dev.chandlery.config.source.ToolPlatform;
import dev.chandlery.config.source.ToolTexts;
import dev.chandlery.config.value.Texts;
import dev.chandlery.config.yaml.BooleanType;
import dev.chandlery.config.yaml.ChoiceType;
import dev.chandlery.config.yaml.Key;
import dev.chandlery.config.yaml.ListType;
import dev.chandlery.config.yaml.MapType;
import dev.chandlery.config.yaml.NumberType;
import dev.chandlery.config.yaml.Section;
import dev.chandlery.config.yaml.TextType;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** One of {@code publishing.tool_sources}; what its keys come to is {@link ToolFactory}'s work. */
public final class ToolSection {
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+-]{0,99}");
    private static final Set<String> FOLDERS_OUTSIDE = Set.of("", ".", "..");
    private static final TextType<String> NAME = TextType.of(ToolSection::fileName, text -> text);

    static final Key<ToolSpec, String> REPOSITORY = Key.of("repository", TextType.plain(),
            "group in repositories", ToolSpec::repository).or("tools");
    static final Key<ToolSpec, String> GITHUB_REPO = Key.optional("github_repo", TextType.of(
            ToolTexts::ownerAndName, text -> text), "owner/repository of its GitHub releases",
            tool -> source(tool, GithubSourceSpec.class).map(github -> github.owner() + "/" + github
                    .repository()));
    static final Key<ToolSpec, SourceSections.Github> GITHUB = Key.optional("github",
            SourceSections.GITHUB, "names of the files on GitHub, when the catalogue lacks them",
            tool -> source(tool, GithubSourceSpec.class).map(SourceSections.Github::of));
    static final Key<ToolSpec, MavenSourceSpec> MAVEN = Key.optional("maven", SourceSections.MAVEN,
            "releases as files of a Maven artifact", tool -> source(tool, MavenSourceSpec.class));
    static final Key<ToolSpec, NpmSourceSpec> NPM = Key.optional("npm", SourceSections.NPM,
            "releases as npm packages, one for each platform", tool -> source(tool,
                    NpmSourceSpec.class));
    static final Key<ToolSpec, HttpSourceSpec> HTTP = Key.optional("http", SourceSections.HTTP,
            "releases as files of a web site", tool -> source(tool, HttpSourceSpec.class));

    static final Key<ToolSpec, ReleasePattern> PATTERN = Key.of("release_pattern",
            ToolTexts.PATTERN,
            "glob of release names; its * is the version; default: the catalogue's or v* on GitHub, else *",
            (ToolSpec tool) -> tool.releases().pattern());
    static final Key<ToolSpec, Boolean> PRERELEASES = Key.of("prereleases", new BooleanType(),
            "whether release candidates and the like count", (ToolSpec tool) -> tool.releases()
                    .prereleases()).or(false);
    static final Key<ToolSpec, VersionScheme> SCHEME = Key.optional("version_scheme", ChoiceType.of(
            VersionScheme.class), "how versions are numbered; default: found out from the releases",
            (ToolSpec tool) -> tool.releases().scheme());
    static final Key<ToolSpec, Duration> AGE = Key.optional("minimum_release_age", Texts.AGE,
            "younger releases wait; default: publishing.minimum_release_age",
            (ToolSpec tool) -> tool.releases().policy().minimumReleaseAge());
    static final Key<ToolSpec, Incomplete> INCOMPLETE = Key.of("incomplete", ChoiceType.of(
            Incomplete.class), "a release without all platforms: publish what there is, or wait",
            (ToolSpec tool) -> tool.releases().policy().incomplete()).or(Incomplete.PUBLISH);
    static final Key<ToolSpec, List<PlatformName>> REQUIRE = Key.of("require", ListType.of(
            ToolTexts.PLATFORM), "platforms without which nothing of a release is published",
            (ToolSpec tool) -> List.copyOf(tool.releases().policy().required())).or(List.of());
    static final Key<ToolSpec, List<FloatingTag>> FLOATING = Key.of("floating_tags", ListType.of(
            ChoiceType.of(FloatingTag.class)), "tags that follow complete releases: latest, v31 "
                    + "(major), v31.1 (minor)", (ToolSpec tool) -> List.copyOf(tool.releases()
                            .policy()
                            .floatingTags())).or(List.of());
    static final Key<ToolSpec, Integer> VERSIONS = Key.of("versions", NumberType.whole(1, 1000,
            "versions"), "how many of the newest are published", (ToolSpec tool) -> tool.releases()
                    .versions()).or(1);
    static final Key<ToolSpec, Boolean> AUTO_PUBLISH = Key.of("auto_publish", new BooleanType(),
            "whether a run over all tools includes this one", ToolSpec::autoPublish).or(true);

    static final Key<ToolSpec, List<PlatformName>> PLATFORMS = Key.required("platforms",
            new ListType<>(
                    ToolTexts.PLATFORM, 1), "that are wanted", tool -> tool.platforms()
                            .stream()
                            .map(
                                    ToolPlatform::name)
                            .toList());
    static final Key<ToolSpec, SortedMap<PlatformName, String>> WORDS = Key.of("platform_words",
            new MapType<>(ToolTexts.PLATFORM, TextType.plain()),
            "what {platform} becomes, by platform",
            (ToolSpec tool) -> words(tool)).or(new TreeMap<>());

    static final Key<ToolSpec, List<String>> BINARIES = Key.of("binaries", ListType.of(NAME),
            "executables without .exe; default: all that are found", (ToolSpec tool) -> tool
                    .content()
                    .binaries()).or(List.of());
    static final Key<ToolSpec, List<String>> INCLUDE = Key.of("include", ListType.of(
            TextType.of(ToolSection::glob, text -> text)),
            "globs of files that are kept beside executables and include/",
            (ToolSpec tool) -> tool.content().include()).or(List.of());
    static final Key<ToolSpec, Boolean> KEEP = Key.of("keep_upstream", new BooleanType(),
            "whether upstream's own file is attached, byte for byte", (ToolSpec tool) -> tool
                    .content()
                    .keepUpstream()).or(true);
    static final Key<ToolSpec, Packaging> PACKAGE = Key.of("package", ChoiceType.of(
            Packaging.class), "oci: an image of the tool's files; upstream: upstream's file alone",
            (ToolSpec tool) -> tool.content().packaging()).or(Packaging.OCI);
    static final Key<ToolSpec, Compression> COMPRESSION = Key.of("compression", ChoiceType.of(
            Compression.class), "of the layer", (ToolSpec tool) -> tool.content().compression())
            .or(
                    Compression.GZIP);
    static final Key<ToolSpec, String> ENTRYPOINT = Key.optional("entrypoint", NAME,
            "executable that a container runs; default: the one named as the tool", tool -> tool
                    .content()
                    .entrypoint());
    static final Key<ToolSpec, List<String>> VERSION_ARGUMENTS = Key.of("version_arguments",
            ListType.of(TextType.plain()),
            "what makes the entrypoint tell its version, for publisher --smoke",
            (ToolSpec tool) -> tool.content().versionArguments()).or(List.of("--version"));
    static final Key<ToolSpec, List<PlatformName>> EMULATED = Key.of("emulated", ListType.of(
            ToolTexts.PLATFORM), "platforms whose executables may be for another machine",
            (ToolSpec tool) -> List.copyOf(tool.content().emulated())).or(List.of());

    static final Key<ToolSpec, Rung> TRUST = Key.optional("minimum_trust", SecuritySection.rungs(),
            "lowest rung of trust that is published; default: the repository's or security.minimum_trust",
            ToolSpec::minimumTrust);
    static final Key<ToolSpec, List<ProofRule>> VERIFY = Key.of("verify", ListType.of(
            VerifySection.SECTION), "how files must be proven, all of it; default: as the catalogue"
                    + " knows the project", (ToolSpec tool) -> tool.trust().rules()).or(List.of());
    static final Key<ToolSpec, String> DESCRIPTION = Key.of("description", TextType.plain(),
            "for people", (ToolSpec tool) -> tool.description().text()).or("");
    static final Key<ToolSpec, String> LICENSE = Key.optional("license", TextType.plain(),
            "SPDX expression", tool -> tool.description().license());
    static final Key<ToolSpec, URI> HOMEPAGE = Key.optional("homepage", Texts.WEB_ADDRESS,
            "of the project", (ToolSpec tool) -> tool.description().homepage());

    public static final Section<ToolSpec> SECTION = new Section<>(List.of(REPOSITORY, GITHUB_REPO,
            GITHUB,
            MAVEN, NPM, HTTP, PATTERN, SCHEME, PRERELEASES, AGE, INCOMPLETE, REQUIRE, FLOATING,
            VERSIONS, AUTO_PUBLISH, PLATFORMS, WORDS, BINARIES, INCLUDE, KEEP, PACKAGE, COMPRESSION,
            ENTRYPOINT, VERSION_ARGUMENTS, EMULATED, TRUST, VERIFY, DESCRIPTION,
            LICENSE, HOMEPAGE), values -> new ToolFactory(values).tool());

    private ToolSection() {}

    static Description description(String text, Optional<String> license,
            Optional<URI> homepage) {
        return new Description(text, license, homepage);
    }

    private static <T extends SourceSpec> Optional<T> source(ToolSpec tool, Class<T> kind) {
        return Optional.of(tool.source()).filter(kind::isInstance).map(kind::cast);
    }

    private static SortedMap<PlatformName, String> words(ToolSpec tool) {
        SortedMap<PlatformName, String> words = new TreeMap<>();
        tool.platforms().forEach(platform -> words.put(platform.name(), platform.upstreamWord()));
        return words;
    }

    private static String glob(String text) {
        boolean inside = !text.startsWith("/") && !text.contains("\\")
                && List.of(text.split("/", -1)).stream().noneMatch(FOLDERS_OUTSIDE::contains);
        if (!inside) {
            throw new IllegalArgumentException(
                    "expected a path inside the download, such as share/**/*.proto");
        }
        return text;
    }

    private static String fileName(String text) {
        if (!FILE_NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("expected a file name");
        }
        return text;
    }
}
