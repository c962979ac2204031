package dev.chandlery.cli.registry;

import dev.chandlery.config.endpoint.RepositoryLayout;
import dev.chandlery.config.endpoint.RepositorySpec;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Tag;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a tool's versions lie below the registry's namespace.
 *
 * <p>Layout {@code tags}: repository {@code tools/protoc}; the version's index is tagged {@code v31.1}, each
 * platform {@code v31.1-linux-x86_64}. Layout {@code nested}: each platform is a repository
 * {@code tools/protoc/v31.1-linux-x86_64} with the tag {@code latest}, and there is no index. Tags of records
 * and of what was replaced do not begin with {@code v}, so that nobody takes them for versions.
 *
 * @param path of the tool, such as {@code tools/protoc}
 * @param layout how versions and platforms are told apart
 */
public record ToolNames(String path, RepositoryLayout layout) {
    private static final Tag LATEST = new Tag("latest");
    private static final String DRIFT = "drift";
    private static final String RETRACTED = "retracted";
    private static final String REPLACED = "replaced";
    private static final int SHORT_DIGEST = 12;
    private static final Pattern RECORD = Pattern.compile("(" + DRIFT + "|" + RETRACTED + "|"
            + REPLACED + ")-v.+");
    private static final Pattern NESTED_RECORD = Pattern.compile(DRIFT + "|" + RETRACTED + "|"
            + REPLACED + "-[0-9a-f]{" + SHORT_DIGEST + "}");
    private static final Pattern PLATFORM_TAG = Pattern.compile(
            "v(?<version>.+?)-(?<platform>[a-z0-9]+-[a-z0-9_]+)");

    public static ToolNames of(RepositorySpec repository, ToolSpec tool) {
        return new ToolNames(repository.path() + "/" + tool.name(), repository.layout());
    }

    /** Repository path of a platform's manifest. */
    public String platformPath(String version, PlatformName platform) {
        return switch (layout) {
            case TAGS -> path;
            case NESTED -> path + "/" + platformTagText(version, platform);
        };
    }

    /** Tag of a platform's manifest in its repository. */
    public Tag platformTag(String version, PlatformName platform) {
        return switch (layout) {
            case TAGS -> new Tag(platformTagText(version, platform));
            case NESTED -> LATEST;
        };
    }

    /** Tag of a version's index. */
    public static Tag versionTag(String version) {
        return new Tag("v" + tagText(version));
    }

    /** Tag of the record that upstream changed a file; in the platform's repository. */
    public Tag driftTag(String version, PlatformName platform) {
        return new Tag(switch (layout) {
            case TAGS -> DRIFT + "-" + platformTagText(version, platform);
            case NESTED -> DRIFT;
        });
    }

    /** Tag of the record that upstream took a version back; in the platform's repository if nested. */
    public Tag retractedTag(String version) {
        return new Tag(switch (layout) {
            case TAGS -> RETRACTED + "-v" + tagText(version);
            case NESTED -> RETRACTED;
        });
    }

    /** Tag that keeps a platform's manifest after another took its place; in the platform's repository. */
    public Tag replacedTag(String version, PlatformName platform, Digest old) {
        return new Tag(REPLACED + "-" + switch (layout) {
            case TAGS -> platformTagText(version, platform) + "-";
            case NESTED -> "";
        } + shortened(old));
    }

    /** Tag that keeps a version's index after another took its place. */
    public static Tag replacedTag(String version, Digest old) {
        return new Tag(REPLACED + "-v" + tagText(version) + "-" + shortened(old));
    }

    /** Whether it is the tag of a record, or of what was replaced, in a repository of layout tags. */
    public static boolean isRecord(Tag tag) {
        return RECORD.matcher(tag.value()).matches();
    }

    /** Whether it is the tag of a record, or of what was replaced, in a platform's own repository. */
    public static boolean isNestedRecord(Tag tag) {
        return NESTED_RECORD.matcher(tag.value()).matches();
    }

    private static String shortened(Digest digest) {
        return digest.encoded().substring(0, SHORT_DIGEST);
    }

    /** The version that a tag of the index names; empty for tags of platforms and foreign ones. */
    public static Optional<String> versionOf(Tag tag) {
        if (!tag.value().startsWith("v") || platformOf(tag).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(tag.value().substring(1).replace('_', '+'));
    }

    /** The version in a name such as {@code v31.1-linux-x86_64}. */
    public static Optional<String> versionOfPlatform(String name) {
        Matcher matcher = PLATFORM_TAG.matcher(name);
        return matcher.matches() && PlatformName.find(matcher.group("platform")).isPresent()
                ? Optional.of(matcher.group("version").replace('_', '+'))
                : Optional.empty();
    }

    /** The platform that a tag or last path component ends in, if it is one of a platform. */
    public static Optional<PlatformName> platformOf(Tag tag) {
        Matcher matcher = PLATFORM_TAG.matcher(tag.value());
        return matcher.matches() ? PlatformName.find(matcher.group("platform")) : Optional.empty();
    }

    private static String platformTagText(String version, PlatformName platform) {
        return "v" + tagText(version) + "-" + platform.value();
    }

    /** Build metadata's plus sign is not allowed in tags. */
    private static String tagText(String version) {
        return version.replace('+', '_');
    }
}
