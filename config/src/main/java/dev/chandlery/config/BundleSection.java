package dev.chandlery.config;

import dev.chandlery.config.endpoint.RepositoryLayout;
import dev.chandlery.config.endpoint.RepositorySpec;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.source.ToolTexts;
import dev.chandlery.config.tool.Description;
import dev.chandlery.config.tool.Packaging;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.config.value.Texts;
import dev.chandlery.config.yaml.Key;
import dev.chandlery.config.yaml.ListType;
import dev.chandlery.config.yaml.MapType;
import dev.chandlery.config.yaml.Section;
import dev.chandlery.config.yaml.ShortFormType;
import dev.chandlery.config.yaml.TextType;
import dev.chandlery.config.yaml.Type;
import dev.chandlery.config.yaml.Values;
import dev.chandlery.oci.RepositoryName;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;

/** One of {@code bundles}. */
final class BundleSection {
    /** Group that bundles are in when none is written, and which is there without being declared. */
    static final String GROUP = "bundles";

    private static final Pattern MEMBER = Pattern.compile(
            "(?<tool>[a-z0-9][a-z0-9._-]{0,127})@(?<version>[A-Za-z0-9][A-Za-z0-9._+-]{0,99})");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+-]{0,99}");
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@-]{0,499}");

    private static final Type<List<BundleSpec.Member>> MEMBERS = new ListType<>(TextType.of(
            BundleSection::member, BundleSpec.Member::toString)
            .withSchema("examples", List.of("protoc@31.1")), 1);

    private static final Key<BundleSpec, List<BundleSpec.Member>> TOOLS = Key.required("tools",
            MEMBERS, "tools with their versions, as protoc@31.1", BundleSpec::tools);
    private static final Key<BundleSpec, String> REPOSITORY = Key.of("repository", TextType.plain(),
            "group in repositories", BundleSpec::repository).or(GROUP);
    private static final Key<BundleSpec, List<PlatformName>> PLATFORMS = Key.of("platforms",
            ListType.of(ToolTexts.PLATFORM), "default: all that every tool has",
            BundleSpec::platforms)
            .or(List.of());
    private static final Key<BundleSpec, String> VERSION_KEY = Key.optional("version", TextType.of(
            text -> matching(VERSION, text, "a version such as 2026.11"), text -> text),
            "tagged v<version> beside latest, and never moved", BundleSpec::version);
    private static final Key<BundleSpec, String> BASE = Key.optional("base", TextType.of(
            text -> matching(REFERENCE, text, "an image's reference such as alpine:3.22"),
            text -> text), "image below the tools; default: none", bundle -> bundle.image().base());
    private static final Key<BundleSpec, String> ENTRYPOINT = Key.optional("entrypoint", TextType
            .of(text -> matching(FILE_NAME, text, "a file name"), text -> text),
            "executable that a container runs; default: the base's, or none", bundle -> bundle
                    .image()
                    .entrypoint());
    private static final Key<BundleSpec, String> DESCRIPTION = Key.of("description", TextType
            .plain(), "for people", (BundleSpec bundle) -> bundle.description().text()).or("");
    private static final Key<BundleSpec, URI> HOMEPAGE = Key.optional("homepage",
            Texts.WEB_ADDRESS, "of the bundle", bundle -> bundle.description().homepage());

    private static final Section<BundleSpec> SECTION = new Section<>(List.of(TOOLS, REPOSITORY,
            PLATFORMS, VERSION_KEY, BASE, ENTRYPOINT, DESCRIPTION, HOMEPAGE),
            BundleSection::build);

    /** Bundles by name; a list of tools alone is a bundle too. */
    static final Type<SortedMap<String, BundleSpec>> BUNDLES = new MapType<>(TextType.of(
            BundleSection::name, text -> text), new ShortFormType<>(TOOLS, SECTION));

    private BundleSection() {}

    /** The group that is there without being written. */
    static RepositorySpec group() {
        return new RepositorySpec(GROUP, GROUP, "", true, 0, RepositoryLayout.TAGS,
                Optional.empty());
    }

    /**
     * Checks bundles beside the rest of the file.
     *
     * @throws IllegalArgumentException when a bundle names a tool or group that is not there
     */
    static void check(SortedMap<String, BundleSpec> bundles, SortedMap<String, ToolSpec> tools,
            SortedMap<String, RepositorySpec> groups) {
        for (BundleSpec bundle : bundles.values()) {
            if (!groups.containsKey(bundle.repository())) {
                throw new IllegalArgumentException("bundle " + bundle.name()
                        + ": no such group in repositories: " + bundle.repository());
            }
            for (BundleSpec.Member member : bundle.tools()) {
                check(bundle, member, tools);
            }
            if (tools.values()
                    .stream()
                    .anyMatch(tool -> tool.name().equals(bundle.name()) && tool.repository()
                            .equals(bundle.repository()))) {
                throw new IllegalArgumentException("bundle " + bundle.name()
                        + ": a tool of the same group has that name");
            }
        }
    }

    private static void check(BundleSpec bundle, BundleSpec.Member member,
            SortedMap<String, ToolSpec> tools) {
        ToolSpec tool = tools.get(member.tool());
        if (tool == null) {
            throw new IllegalArgumentException("bundle " + bundle.name() + ": no such tool: "
                    + member.tool() + "; tool_sources has " + String.join(", ", tools.keySet()));
        }
        if (tool.content().packaging() != Packaging.OCI) {
            throw new IllegalArgumentException("bundle " + bundle.name() + ": " + member.tool()
                    + " is published as upstream's file (package: upstream), not as an image"
                    + " layer");
        }
        for (PlatformName platform : bundle.platforms()) {
            if (tool.findPlatform(platform).isEmpty()) {
                throw new IllegalArgumentException("bundle " + bundle.name() + ": " + member
                        .tool() + " is not wanted for " + platform
                        + "; add it to the tool's platforms, or leave it out here");
            }
        }
    }

    private static BundleSpec build(Values values) {
        List<BundleSpec.Member> tools = values.find(TOOLS)
                .orElseThrow(() -> values.invalid(
                        "tools is missing: a list such as [protoc@31.1]"));
        for (int i = 0; i < tools.size(); i++) {
            String tool = tools.get(i).tool();
            if (tools.subList(0, i).stream().anyMatch(other -> other.tool().equals(tool))) {
                throw values.invalid(TOOLS, tool + " is there twice");
            }
        }
        return new BundleSpec(values.name(), values.get(REPOSITORY), tools, values.get(PLATFORMS),
                values.find(VERSION_KEY), new BundleSpec.Image(values.find(BASE), values.find(
                        ENTRYPOINT)), new Description(values.get(DESCRIPTION), Optional.empty(),
                                values.find(HOMEPAGE)));
    }

    private static BundleSpec.Member member(String text) {
        var matcher = MEMBER.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected a tool with its version, as protoc@31.1");
        }
        String version = matcher.group("version");
        if (version.equals("latest")) {
            throw new IllegalArgumentException("expected a version, as protoc@31.1: a bundle is"
                    + " made of what does not move");
        }
        boolean prefixed = version.matches("v\\d.*");
        return new BundleSpec.Member(matcher.group("tool"), prefixed
                ? version.substring(1)
                : version);
    }

    private static String name(String text) {
        if (text.indexOf('/') >= 0) {
            throw new IllegalArgumentException("expected a bundle's name without /");
        }
        return new RepositoryName(text).value();
    }

    private static String matching(Pattern pattern, String text, String what) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("expected " + what);
        }
        return text;
    }
}
