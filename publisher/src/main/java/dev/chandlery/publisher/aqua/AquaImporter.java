package dev.chandlery.publisher.aqua;

import dev.chandlery.config.ConfigException;
import dev.chandlery.config.ConfigLoader;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.publisher.aqua.Checkout.Found;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Makes entries of registry.yaml from packages of the aqua registry: those of releases on GitHub. An entry
 * that is given names the very files that aqua would download, and is one that registry.yaml accepts.
 */
public final class AquaImporter {
    private static final String RELEASES = "github_release";
    private static final Map<String, String> WHY_NOT = Map.of("http",
            "it comes from a web site without a list of releases; write it with http: url, versions",
            "go_install", "it has no files: it is built from source with go install", "go_build",
            "it has no files: it is built from source with go build", "cargo",
            "it has no files: it is built from source with cargo", "github_content",
            "it is a file of a source tree, not of a release", "github_archive",
            "it is a source tree, not files of a release");

    private final Checkout checkout;

    public AquaImporter(Checkout checkout) {
        this.checkout = checkout;
    }

    /** How entries of this checkout are written. */
    public EntryText text() {
        return new EntryText(checkout.copyright());
    }

    /**
     * Imports one package.
     *
     * @param name such as {@code bufbuild/buf}
     * @param version tag that selects the override; empty for the newest that the registry tests
     * @param as name of the tool; empty for the last component of the package's
     * @throws dev.chandlery.oci.OciException when there is no such package, or its file is broken
     */
    public Imported importPackage(String name, Optional<String> version, Optional<String> as) {
        Found found = checkout.find(name);
        Findings findings = new Findings(found.file());
        try {
            return importPackage(found, version.or(found::tested), as, findings);
        } catch (UnsupportedExpressionException e) {
            findings.lost(found.fields().line("version_constraint"), "the package", "left out: "
                    + e.getMessage());
        } catch (LeftOutException e) {
            findings.lost(e.line(), e.what(), String.valueOf(e.getMessage()));
        }
        return new Imported.LeftOut(name, findings.sorted());
    }

    private Imported importPackage(Found found, Optional<String> version, Optional<String> as,
            Findings findings) {
        String tag = version.orElseThrow(() -> new LeftOutException(found.fields().line("type"),
                "the version", "left out: say which with --version; the registry tests none"));
        Definition definition = Definition.at(found.fields(), tag);
        requireFiles(definition);
        ReleaseTag parsed = ReleaseTag.parse(tag, definition.versionPrefix());
        List<ForPlatform> platforms = platforms(definition, findings);
        AssetNames names = AssetNames.fold(platforms, parsed);
        String tool = tool(as.orElse(found.name()));
        Map<String, Object> entry = new EntryBuilder(definition, platforms, names, parsed, findings)
                .build(tool);
        Imported.Entry made = new Imported.Entry(found.name(), tool, new Origin(found.name(), tag,
                checkout.commit()), entry, findings.sorted());
        requireAccepted(made, definition);
        return made;
    }

    private static void requireFiles(Definition definition) {
        Fields fields = definition.fields();
        String type = definition.type();
        if (!type.equals(RELEASES)) {
            throw new LeftOutException(fields.line("type"), "type " + type, "left out: " + WHY_NOT
                    .getOrDefault(type, "this kind of package is not known"));
        }
        if (fields.flag("no_asset").orElse(false) || fields.text("error_message").isPresent()) {
            boolean told = fields.text("error_message").isPresent();
            throw new LeftOutException(fields.line(told ? "error_message" : "no_asset"),
                    "version " + definition.version(), "left out: the release has no files for"
                            + " this tool" + fields.text("error_message")
                                    .map(m -> ": " + m)
                                    .orElse(""));
        }
    }

    private static List<ForPlatform> platforms(Definition definition, Findings findings) {
        List<ForPlatform> platforms = new ArrayList<>();
        for (PlatformName platform : Definition.PLATFORMS) {
            if (!definition.supports(platform)) {
                continue;
            }
            ForPlatform each = definition.on(platform);
            String type = each.fields().text("type").orElse("");
            if (type.equals(RELEASES) && each.asset(each.real()).isPresent()) {
                platforms.add(each);
            } else {
                findings.lost(each.fields().line("type"), platform.value(),
                        "the platform is left out: " + WHY_NOT.getOrDefault(type,
                                "no file is named for it"));
            }
        }
        if (platforms.isEmpty()) {
            throw new LeftOutException(definition.chosenAt(), "supported_envs",
                    "left out: no platform of ours has a file");
        }
        platforms.sort(Comparator.comparing(ForPlatform::platform));
        return platforms;
    }

    private static String tool(String packageName) {
        return packageName.substring(packageName.lastIndexOf('/') + 1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9._-]", "-")
                .replaceAll("^[._-]+|[._-]+$", "")
                .replaceAll("[._-]{2,}", "-");
    }

    /** What is printed must load. */
    private void requireAccepted(Imported.Entry made, Definition definition) {
        StringBuilder yaml = new StringBuilder("""
                primary_registry: {url: embedded}
                publishing:
                  tool_sources:
                """);
        text().lines(made).forEach(line -> yaml.append("    ").append(line).append('\n'));
        try {
            ConfigLoader.load(Path.of("registry.yaml"), yaml.toString(), Map.of());
        } catch (ConfigException e) {
            throw new LeftOutException(definition.chosenAt(), made.tool(),
                    "left out: registry.yaml does not accept it: " + String.valueOf(e.getMessage())
                            .replaceAll("\\s*\\R\\s*", " "));
        }
    }

    /** Findings of one package as they are made. */
    static final class Findings {
        private final String file;
        private final Map<String, Finding> all = new LinkedHashMap<>();

        Findings(String file) {
            this.file = file;
        }

        void lost(int line, String what, String why) {
            add(new Finding(file, line, what, why, true));
        }

        void note(int line, String what, String why) {
            add(new Finding(file, line, what, why, false));
        }

        private void add(Finding finding) {
            all.putIfAbsent(finding.toString(), finding);
        }

        List<Finding> sorted() {
            return all.values()
                    .stream()
                    .sorted(Comparator.comparingInt(Finding::line)
                            .thenComparing(
                                    Finding::what))
                    .toList();
        }
    }

    /** There is no entry, for this reason. */
    static final class LeftOutException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int line;
        private final String what;

        LeftOutException(int line, String what, String why) {
            super(why);
            this.line = line;
            this.what = what;
        }

        int line() {
            return line;
        }

        String what() {
            return what;
        }
    }
}
