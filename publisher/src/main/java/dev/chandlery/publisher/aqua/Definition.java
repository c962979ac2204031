package dev.chandlery.publisher.aqua;

import dev.chandlery.config.source.PlatformName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.yaml.snakeyaml.nodes.MappingNode;

/**
 * A package of the aqua registry as it is at one version.
 *
 * @param fields of the override that the version selects, above the package's own
 * @param version upstream's tag
 * @param chosenAt line of the condition that selected it
 */
record Definition(Fields fields, String version, int chosenAt) {
    private static final String PREFIX = "version_prefix";
    private static final String CONSTRAINT = "version_constraint";

    /** Platforms that the registry's definitions speak of, in our names. */
    static final List<PlatformName> PLATFORMS = List.of("linux-x86_64", "linux-aarch64",
            "darwin-x86_64", "darwin-arm64", "windows-x86_64", "windows-arm64")
            .stream()
            .map(PlatformName::parse)
            .toList();

    /**
     * Selects as aqua does: the package itself when its condition holds or it has none, else the first
     * override whose condition holds, else the package itself.
     *
     * @throws UnsupportedExpressionException when a condition that must be decided is not understood
     */
    static Definition at(Fields base, String version) {
        Optional<String> constraint = base.text(CONSTRAINT);
        if (constraint.isEmpty() || holds(constraint.get(), base, version)) {
            return new Definition(base, version, base.line(CONSTRAINT));
        }
        for (MappingNode override : base.mappings("version_overrides")) {
            Fields fields = base.under(override);
            String condition = Fields.of(override).text(CONSTRAINT).orElse("");
            if (!condition.isEmpty() && holds(condition, fields, version)) {
                return new Definition(fields, version, Fields.of(override).line(CONSTRAINT));
            }
        }
        return new Definition(base, version, base.line(CONSTRAINT));
    }

    private static boolean holds(String condition, Fields fields, String version) {
        return Condition.holds(condition, version, withoutPrefix(fields, version));
    }

    private static String withoutPrefix(Fields fields, String version) {
        String prefix = fields.text(PREFIX).orElse("");
        return version.startsWith(prefix) ? version.substring(prefix.length()) : version;
    }

    /** The version without the definition's prefix. */
    String semver() {
        return withoutPrefix(fields, version);
    }

    String versionPrefix() {
        return fields.text(PREFIX).orElse("");
    }

    String type() {
        return fields.text("type").orElse("");
    }

    /** Whether the definition has something for the platform, emulated or not. */
    boolean supports(PlatformName platform) {
        List<String> envs = fields.texts("supported_envs");
        boolean there = fields.find("supported_envs").isEmpty() || matches(envs, platform);
        return there || (emulates(platform) && matches(envs, PlatformName.parse(os(platform)
                + "/amd64")));
    }

    /** Whether what it has for the platform is made for another machine. */
    boolean emulates(PlatformName platform) {
        String key = switch (platform.platform().toString()) {
            case "darwin/arm64" -> "rosetta2";
            case "windows/arm64" -> "windows_arm_emulation";
            default -> "";
        };
        return !key.isEmpty() && fields.flag(key).orElse(false);
    }

    /** What the definition is for one platform: the first of its overrides that is for it goes on top. */
    ForPlatform on(PlatformName platform) {
        for (MappingNode override : fields.mappings("overrides")) {
            if (isFor(Fields.of(override), platform)) {
                SortedMap<String, String> words = new TreeMap<>(fields.words("replacements"));
                words.putAll(Fields.of(override).words("replacements"));
                return new ForPlatform(this, fields.under(override), platform, words);
            }
        }
        return new ForPlatform(this, fields, platform, fields.words("replacements"));
    }

    /** Overrides that differ by the C library count for glibc, which is what most machines have. */
    private static boolean isFor(Fields override, PlatformName platform) {
        boolean os = override.text("goos").map(os(platform)::equals).orElse(true);
        boolean machine = override.text("goarch").map(arch(platform)::equals).orElse(true);
        boolean named = override.find("envs").isEmpty() || matches(override.texts("envs"),
                platform);
        List<Fields> variants = new ArrayList<>();
        override.mappings("variants").forEach(node -> variants.add(Fields.of(node)));
        return os && machine && named && variants.stream()
                .allMatch(variant -> os(platform).equals("linux") && variant.text("key")
                        .equals(Optional.of("libc")) && variant.text("value")
                                .equals(Optional.of("glibc")));
    }

    private static boolean matches(List<String> envs, PlatformName platform) {
        return envs.stream()
                .anyMatch(env -> env.equals("all") || env.equals(os(platform))
                        || env.equals(arch(platform))
                        || env.equals(os(platform) + "/" + arch(platform)));
    }

    static String os(PlatformName platform) {
        return platform.platform().os();
    }

    static String arch(PlatformName platform) {
        return platform.platform().architecture();
    }
}
