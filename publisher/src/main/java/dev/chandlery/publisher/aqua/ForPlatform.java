package dev.chandlery.publisher.aqua;

import dev.chandlery.config.source.PlatformName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A definition at one version for one platform.
 *
 * @param definition at the version
 * @param fields with the platform's override on top
 * @param platform in our names
 * @param words what upstream calls systems and machines
 */
record ForPlatform(Definition definition, Fields fields, PlatformName platform,
        SortedMap<String, String> words) {
    private static final String FORMAT = "format";
    /** Ends of names that are not executables as they are. */
    private static final List<String> PACKED = List.of(".tar.gz", ".tar.xz", ".tar.bz2",
            ".tar.zst", ".tar.lz4", ".tar.sz", ".tar.br", ".tgz", ".txz", ".tbz2", ".tbz", ".tzst",
            ".tar", ".zip", ".gz", ".xz", ".bz2", ".zst", ".lz4", ".dmg", ".pkg", ".rar", ".7z");

    /**
     * How a name is made: with what a version really is, or with signs in the place of its parts.
     *
     * @param tag {@code .Version}
     * @param semver {@code .SemVer}
     * @param os {@code .OS}
     * @param arch {@code .Arch}
     */
    record Values(String tag, String semver, String os, String arch) {}

    /** As aqua would fill it in for this version and platform. */
    Values real() {
        return new Values(definition.version(), definition.semver(), word(Definition.os(platform)),
                word(machine()));
    }

    /** Upstream's word for a system or machine. */
    String word(String name) {
        String word = words.getOrDefault(name, "");
        return word.isEmpty() ? name : word;
    }

    /** The machine whose file it takes. */
    String machine() {
        return definition.emulates(platform) ? "amd64" : Definition.arch(platform);
    }

    /** The override's own, else that of an older list by system, else the definition's. */
    String format() {
        boolean overridden = fields.layers().size() > definition.fields().layers().size();
        Optional<String> own = overridden
                ? Fields.of(fields.layers().getFirst()).text(FORMAT)
                : Optional.empty();
        return own.or(this::formatOfSystem).or(() -> fields.text(FORMAT)).orElse("");
    }

    private Optional<String> formatOfSystem() {
        return fields.mappings("format_overrides")
                .stream()
                .map(Fields::of)
                .filter(each -> each.text("goos").equals(Optional.of(Definition.os(platform))))
                .findFirst()
                .flatMap(each -> each.text(FORMAT));
    }

    /** Whether the asset is the executable itself. */
    boolean raw() {
        return asset(real()).map(this::isBare).orElse(false);
    }

    /**
     * The name of upstream's file, empty when the definition names none.
     *
     * @throws UnsupportedExpressionException when the template is not understood
     */
    Optional<String> asset(Values values) {
        return fields.text("asset").map(template -> {
            String name = GoTemplate.render(template, names(values));
            return withWindowsSuffix(withFormat(name));
        });
    }

    /** A template of something that belongs to the asset, such as its checksum. */
    String render(String template, Values values, String asset) {
        Map<String, String> names = names(values);
        names.put("Asset", asset);
        names.put("AssetWithoutExt", withoutExtension(asset));
        return GoTemplate.render(template, names);
    }

    private Map<String, String> names(Values values) {
        Map<String, String> names = new TreeMap<>();
        names.put("Version", values.tag());
        names.put("SemVer", values.semver());
        names.put("OS", values.os());
        names.put("Arch", values.arch());
        names.put("GOOS", Definition.os(platform));
        names.put("GOARCH", Definition.arch(platform));
        names.put("Format", format());
        return names;
    }

    private String withFormat(String name) {
        boolean packed = PACKED.stream().anyMatch(name::endsWith);
        boolean plain = format().isEmpty() || format().equals("raw");
        return packed || plain || !fields.flag("append_ext").orElse(true)
                ? name
                : name + "." + format();
    }

    private String withWindowsSuffix(String name) {
        boolean bare = isBare(name);
        if (!Definition.os(platform).equals("windows") || !bare || name.endsWith(".exe")
                || !fields.flag("complete_windows_ext").orElse(true)) {
            return name;
        }
        return name + fields.text("windows_ext").orElse(".exe");
    }

    private boolean isBare(String name) {
        return format().isEmpty()
                ? PACKED.stream().noneMatch(name::endsWith)
                : format().equals("raw");
    }

    private static String withoutExtension(String name) {
        return PACKED.stream()
                .filter(name::endsWith)
                .findFirst()
                .map(end -> name.substring(0, name.length() - end.length()))
                .orElse(name.endsWith(".exe") ? name.substring(0, name.length() - 4) : name);
    }
}
