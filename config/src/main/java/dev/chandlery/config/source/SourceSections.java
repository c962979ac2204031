package dev.chandlery.config.source;

import dev.chandlery.config.value.Texts;
import dev.chandlery.config.yaml.Key;
import dev.chandlery.config.yaml.ListType;
import dev.chandlery.config.yaml.MapType;
import dev.chandlery.config.yaml.Section;
import dev.chandlery.config.yaml.TextType;
import dev.chandlery.config.yaml.Values;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** {@code maven}, {@code npm}, {@code http} and {@code github} of a tool: one of them says where it comes from. */
public final class SourceSections {
    private static final Pattern COORDINATES = Pattern.compile(
            "[A-Za-z0-9_.-]{1,200}:[A-Za-z0-9_.-]{1,200}");
    private static final AssetTemplate PLATFORM = new AssetTemplate("{platform}");

    private static final Key<MavenSourceSpec, String> ARTIFACT = Key.required("artifact", TextType
            .of(
                    SourceSections::coordinates, text -> text), "group:artifact", maven -> maven
                            .groupId()
                            + ":" + maven.artifactId());
    private static final Key<MavenSourceSpec, String> EXTENSION = Key.of("extension", TextType.of(
            SourceSections::word, text -> text), "of the files", MavenSourceSpec::extension)
            .or(
                    "exe");
    private static final Key<MavenSourceSpec, AssetTemplate> CLASSIFIER = Key.of("classifier",
            ToolTexts.TEMPLATE, "with placeholders " + AssetTemplate.PLACEHOLDERS,
            MavenSourceSpec::classifier).or(PLATFORM);
    public static final Section<MavenSourceSpec> MAVEN = new Section<>(List.of(ARTIFACT, EXTENSION,
            CLASSIFIER), SourceSections::maven);

    private static final Key<NpmSourceSpec, AssetTemplate> PACKAGE = Key.required("package",
            ToolTexts.TEMPLATE, "name of the package, one for each platform, with placeholders",
            NpmSourceSpec::packageName);
    public static final Section<NpmSourceSpec> NPM = new Section<>(List.of(PACKAGE),
            values -> new NpmSourceSpec(values.find(PACKAGE)
                    .orElseThrow(() -> values.invalid(
                            "package is missing"))));

    private static final Key<HttpSourceSpec, AssetTemplate> URL = Key.required("url",
            ToolTexts.TEMPLATE,
            "address of the file, with placeholders", HttpSourceSpec::url);
    private static final Key<HttpSourceSpec, List<String>> VERSIONS = Key.of("versions", ListType
            .of(TextType.plain()), "releases, when there is no list of them",
            HttpSourceSpec::versions).or(List.of());
    private static final Key<HttpSourceSpec, URI> VERSIONS_URL = Key.optional("versions_url",
            Texts.WEB_ADDRESS, "address of a list of releases, one on each line, or a JSON list",
            HttpSourceSpec::versionsUrl);
    private static final Key<HttpSourceSpec, AssetTemplate> CHECKSUM_URL = Key.optional(
            "checksum_url", ToolTexts.TEMPLATE, "address of the checksum file, with placeholders",
            HttpSourceSpec::checksumUrl);
    public static final Section<HttpSourceSpec> HTTP = new Section<>(List.of(URL, VERSIONS,
            VERSIONS_URL,
            CHECKSUM_URL), SourceSections::http);

    /**
     * What {@code github} says beside {@code github_repo}.
     *
     * @param asset template; empty takes the catalogue's
     * @param assets exceptions by platform
     * @param versionWords text in versions to text in file names
     * @param checksums template of the checksum file's name
     * @param api base of another GitHub's REST API
     */
    public record Github(Optional<AssetTemplate> asset,
            SortedMap<PlatformName, AssetTemplate> assets,
            SortedMap<String, String> versionWords, Optional<AssetTemplate> checksums, URI api) {
        /** All as the catalogue says. */
        public static Github empty() {
            return new Github(Optional.empty(), new TreeMap<>(), new TreeMap<>(), Optional.empty(),
                    GithubSourceSpec.PUBLIC_API);
        }

        public static Github of(GithubSourceSpec spec) {
            return new Github(Optional.of(spec.assets().general()), spec.assets().overrides(), spec
                    .assets()
                    .versionWords(), spec.checksumAsset(), spec.apiBase());
        }

        public Optional<AssetTemplates> templates() {
            return asset.map(general -> new AssetTemplates(general, assets, versionWords));
        }
    }

    private static final Key<Github, AssetTemplate> ASSET = Key.optional("asset",
            ToolTexts.TEMPLATE,
            "name of the file, with placeholders " + AssetTemplate.PLACEHOLDERS
                    + "; several, separated by |, where it changed: the first that a release has",
            Github::asset);
    private static final Key<Github, SortedMap<PlatformName, AssetTemplate>> ASSETS = Key.of(
            "assets", new MapType<>(ToolTexts.PLATFORM, ToolTexts.TEMPLATE),
            "other names by platform",
            Github::assets).or(new TreeMap<>());
    private static final Key<Github, SortedMap<String, String>> VERSION_WORDS = Key.of(
            "version_words", new MapType<>(TextType.plain(), TextType.plain()),
            "text in versions to what it is in file names, such as -rc to -rc-",
            Github::versionWords).or(new TreeMap<>());
    private static final Key<Github, AssetTemplate> CHECKSUMS = Key.optional("checksum_asset",
            ToolTexts.TEMPLATE,
            "name of the checksum file; {asset} when there is one for each file",
            Github::checksums);
    private static final Key<Github, URI> API = Key.of("api", Texts.WEB_ADDRESS,
            "base of the REST API", Github::api).or(GithubSourceSpec.PUBLIC_API);
    public static final Section<Github> GITHUB = new Section<>(List.of(ASSET, ASSETS, VERSION_WORDS,
            CHECKSUMS, API),
            values -> new Github(values.find(ASSET), values.get(ASSETS), values.get(VERSION_WORDS),
                    values.find(CHECKSUMS),
                    values.get(API)));

    private SourceSections() {}

    private static MavenSourceSpec maven(Values values) {
        String[] names = values.find(ARTIFACT)
                .orElseThrow(() -> values.invalid("artifact is missing: group:artifact"))
                .split(":", 2);
        return new MavenSourceSpec(names[0], names[1], values.get(EXTENSION), values.get(
                CLASSIFIER));
    }

    private static HttpSourceSpec http(Values values) {
        AssetTemplate url = values.find(URL).orElseThrow(() -> values.invalid("url is missing"));
        if (!url.text().startsWith("https://") && !url.text().startsWith("http://")) {
            throw values.invalid(URL, "expected an https or http address");
        }
        if (values.get(VERSIONS).isEmpty() == values.find(VERSIONS_URL).isEmpty()) {
            throw values.invalid("expected either versions or versions_url");
        }
        return new HttpSourceSpec(url, values.get(VERSIONS), values.find(VERSIONS_URL), values.find(
                CHECKSUM_URL));
    }

    private static String coordinates(String text) {
        if (!COORDINATES.matcher(text).matches()) {
            throw new IllegalArgumentException("expected group:artifact");
        }
        return text;
    }

    private static String word(String text) {
        if (!text.matches("[A-Za-z0-9.]{1,20}")) {
            throw new IllegalArgumentException("expected a file name's extension such as exe");
        }
        return text;
    }
}
