package dev.chandlery.publisher.aqua;

import dev.chandlery.publisher.aqua.AquaImporter.Findings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.yaml.snakeyaml.nodes.MappingNode;

/** Puts an entry of registry.yaml together, and finds what of the definition it cannot say; used once. */
final class EntryBuilder {
    /** Keys that have been dealt with, or that say nothing about releases. */
    private static final Set<String> KNOWN = Set.of("type", "name", "repo_owner", "repo_name",
            "description", "link", "aliases", "search_words", "asset", "format",
            "format_overrides", "files",
            "replacements", "overrides", "version_overrides", "version_constraint",
            "version_prefix", "version_filter", "version_source", "supported_envs", "rosetta2",
            "windows_arm_emulation", "complete_windows_ext", "windows_ext", "append_ext",
            "checksum", "cosign", "minisign", "slsa_provenance", "github_artifact_attestations",
            "github_immutable_release", "no_asset", "error_message", "goos", "goarch", "envs",
            "variants", "url", "path", "crate", "cargo", "go_version_path");

    private final Definition definition;
    private final List<ForPlatform> platforms;
    private final AssetNames names;
    private final ReleaseTag tag;
    private final Findings findings;

    EntryBuilder(Definition definition, List<ForPlatform> platforms, AssetNames names,
            ReleaseTag tag, Findings findings) {
        this.definition = definition;
        this.platforms = platforms;
        this.names = names;
        this.tag = tag;
        this.findings = findings;
    }

    Map<String, Object> build(String tool) {
        Fields fields = definition.fields();
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("github_repo", fields.text("repo_owner").orElse("") + "/" + fields.text(
                "repo_name").orElse(""));
        entry.put("release_pattern", tag.pattern());
        entry.put("platforms", platforms.stream().map(p -> p.platform().value()).toList());
        if (!names.words().isEmpty()) {
            Map<String, Object> words = new TreeMap<>();
            names.words().forEach((platform, word) -> words.put(platform.value(), word));
            entry.put("platform_words", words);
        }
        Map<String, Object> github = github();
        entry.put("github", github);
        List<String> binaries = binaries(tool);
        if (!binaries.isEmpty()) {
            entry.put("binaries", binaries);
        }
        List<String> emulated = platforms.stream()
                .map(ForPlatform::platform)
                .filter(definition::emulates)
                .map(platform -> platform.value())
                .toList();
        if (!emulated.isEmpty()) {
            entry.put("emulated", emulated);
        }
        List<Object> proofs = new Proofs(platforms, names, tag, findings)
                .items(github.containsKey("checksum_asset"));
        if (!proofs.isEmpty()) {
            entry.put("verify", proofs);
        }
        fields.text("description")
                .map(text -> text.replace("${", "$ {")) // would be a reference
                .ifPresent(text -> entry.put("description", text));
        fields.text("link")
                .filter(link -> link.startsWith("https://"))
                .ifPresent(link -> entry.put("homepage", link));
        tellRest(emulated);
        return entry;
    }

    private Map<String, Object> github() {
        Map<String, Object> github = new LinkedHashMap<>();
        github.put("asset", names.general());
        if (!names.overrides().isEmpty()) {
            Map<String, Object> assets = new TreeMap<>();
            names.overrides().forEach((platform, text) -> assets.put(platform.value(), text));
            github.put("assets", assets);
        }
        new Checksums(platforms, names, tag, findings).template()
                .ifPresent(text -> github.put("checksum_asset", text));
        return github;
    }

    /** Names of the executables, where an archive may have others. */
    private List<String> binaries(String tool) {
        List<String> binaries = new ArrayList<>();
        List<MappingNode> files = platforms.getFirst().fields().mappings("files");
        boolean raw = platforms.stream().anyMatch(ForPlatform::raw);
        for (MappingNode node : files) {
            Fields file = Fields.of(node);
            String name = file.text("name").orElse("");
            tellFile(file, name);
            if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.+-]{0,99}")) {
                findings.lost(file.line("name"), "files", "a name of ours cannot be " + name);
            } else if (raw && files.size() == 1) {
                if (!name.equals(tool)) {
                    findings.note(file.line("name"), "files", "the executable is called " + tool
                            + " here, not " + name);
                }
            } else if (isFound(file, name)) {
                binaries.add(name);
            } else {
                findings.lost(file.line("src"), "files", "src of " + name
                        + " has another name in the archive; executables are found by their names,"
                        + " so all that are in it are kept");
            }
        }
        tellOtherFiles(files);
        return binaries.size() == files.size() ? binaries : List.of();
    }

    /** Executables are found by their own names, wherever they lie in the archive. */
    private boolean isFound(Fields file, String name) {
        return platforms.stream().allMatch(each -> {
            String asset = each.asset(each.real()).orElse("");
            String src = file.text("src")
                    .map(text -> each.render(text.replace("{{.FileName}}", name), each.real(),
                            asset))
                    .orElse(name);
            String last = src.substring(src.lastIndexOf('/') + 1);
            String stem = last.endsWith(".exe") ? last.substring(0, last.length() - 4) : last;
            boolean marked = stem.startsWith(name + "-") || stem.startsWith(name + "_")
                    || stem.startsWith(name + ".");
            return stem.equals(name) || marked;
        });
    }

    private void tellFile(Fields file, String name) {
        for (String key : List.of("link", "dir", "hard")) {
            if (file.find(key).isPresent()) {
                findings.lost(file.line(key), "files." + key, "not carried over for " + name
                        + ": executables lie in bin/ under their own names");
            }
        }
    }

    private void tellOtherFiles(List<MappingNode> files) {
        List<String> usual = names(files);
        for (ForPlatform each : platforms) {
            if (!names(each.fields().mappings("files")).equals(usual)) {
                findings.lost(each.fields().line("files"), "files", each.platform()
                        + " has others: " + names(each.fields().mappings("files")) + ", not "
                        + usual);
            }
        }
    }

    private static List<String> names(List<MappingNode> files) {
        return files.stream().map(node -> Fields.of(node).text("name").orElse("")).toList();
    }

    private void tellRest(List<String> emulated) {
        Fields fields = definition.fields();
        if (!emulated.isEmpty()) {
            findings.note(fields.line(emulated.contains("darwin-arm64")
                    ? "rosetta2"
                    : "windows_arm_emulation"), String.join(", ", emulated),
                    "takes the file of another machine; look whether upstream has one by now");
        }
        fields.text("version_filter").ifPresent(this::tellFilter);
        if (fields.text("version_source").filter("github_tag"::equals).isPresent()) {
            findings.note(fields.line("version_source"), "version_source",
                    "releases are listed here, not tags");
        }
        tellUnknown(fields);
        for (ForPlatform each : platforms) {
            tellUnknown(each.fields());
            if (!each.fields().mappings("variants").isEmpty()) {
                findings.note(each.fields().line("variants"), "variants",
                        "the files for glibc are taken");
            }
        }
    }

    private void tellUnknown(Fields fields) {
        for (MappingNode layer : fields.layers()) {
            for (String key : Fields.of(layer).keys()) {
                if (!KNOWN.contains(key)) {
                    findings.lost(Fields.of(layer).line(key), key, "not carried over: not known");
                }
            }
        }
    }

    /** A filter that asks for the tag's own beginning says no more than the pattern. */
    private void tellFilter(String filter) {
        String start = "Version startsWith \"" + definition.versionPrefix() + "\"";
        boolean known = !definition.versionPrefix().isEmpty() && filter.strip().equals(start);
        boolean said = known || filter.strip()
                .equals("Version startsWith \"" + tag.prefix() + "\"");
        Optional<Boolean> taken = Optional.empty();
        try {
            taken = Optional.of(Condition.holds(filter, definition.version(), definition
                    .semver()));
        } catch (UnsupportedExpressionException _) {
            // told below in the same way
        }
        if (!said || taken.equals(Optional.of(false))) {
            findings.lost(definition.fields().line("version_filter"), "version_filter",
                    "not carried over: " + filter.strip().replaceAll("\\s+", " ")
                            + "; releases that it leaves out are not left out here, where they"
                            + " match " + tag.pattern());
        }
    }
}
