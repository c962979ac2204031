package dev.chandlery.config.catalogue;

import dev.chandlery.config.proof.ProofRule;
import dev.chandlery.config.proof.VerifySection;
import dev.chandlery.config.source.AssetTemplate;
import dev.chandlery.config.source.AssetTemplates;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.source.ReleasePattern;
import dev.chandlery.config.source.ToolTexts;
import dev.chandlery.config.yaml.Key;
import dev.chandlery.config.yaml.ListType;
import dev.chandlery.config.yaml.MapType;
import dev.chandlery.config.yaml.NodeAt;
import dev.chandlery.config.yaml.Reading;
import dev.chandlery.config.yaml.Section;
import dev.chandlery.config.yaml.SyntaxException;
import dev.chandlery.config.yaml.TextType;
import dev.chandlery.config.yaml.YamlSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** How well-known GitHub projects name their files; read when a tool needs it. */
public final class Catalogue {
    private static final String RESOURCE = "catalogue.yaml";
    private static final String TOOL_LINE = "  tool: ";

    /**
     * One project.
     *
     * @param assets names of its files
     * @param checksums name of its checksum file
     * @param words by platform
     * @param emulated platforms whose files are for another machine
     * @param pattern of release names; empty for the usual {@code v*}
     * @param proofs how its files are signed
     * @param plugin language that it generates code for, where it is a plugin of protoc; empty for others
     * @param sourceOnly why there are no files to publish, and what to do; empty where there are some
     */
    public record Entry(AssetTemplates assets, Optional<AssetTemplate> checksums,
            SortedMap<PlatformName, String> words, SortedSet<PlatformName> emulated,
            Optional<ReleasePattern> pattern, List<ProofRule> proofs, Optional<String> plugin,
            Optional<String> sourceOnly) {
        public Entry {
            proofs = List.copyOf(proofs);
        }
    }

    private static final Key<Entry, AssetTemplate> ASSET = Key.of("asset", ToolTexts.TEMPLATE,
            "name of the file", (Entry entry) -> entry.assets().general())
            .or(new AssetTemplate("{asset}"));
    private static final Key<Entry, SortedMap<PlatformName, AssetTemplate>> ASSETS = Key.of(
            "assets", new MapType<>(ToolTexts.PLATFORM, ToolTexts.TEMPLATE),
            "other names by platform",
            (Entry entry) -> entry.assets().overrides()).or(new TreeMap<>());
    private static final Key<Entry, SortedMap<String, String>> VERSION_WORDS = Key.of(
            "version_words", new MapType<>(TextType.plain(), TextType.plain()),
            "text in versions to text in file names", (Entry entry) -> entry.assets()
                    .versionWords()).or(new TreeMap<>());
    private static final Key<Entry, AssetTemplate> CHECKSUMS = Key.optional("checksum_asset",
            ToolTexts.TEMPLATE, "name of the checksum file", Entry::checksums);
    private static final Key<Entry, SortedMap<PlatformName, String>> WORDS = Key.of(
            "platform_words", new MapType<>(ToolTexts.PLATFORM, TextType.plain()),
            "what {platform} becomes", Entry::words).or(new TreeMap<>());
    private static final Key<Entry, List<PlatformName>> EMULATED = Key.of("emulated", ListType.of(
            ToolTexts.PLATFORM), "platforms with files for another machine", (Entry entry) -> List
                    .copyOf(entry.emulated())).or(List.of());

    private static final Key<Entry, ReleasePattern> PATTERN = Key.optional("release_pattern",
            ToolTexts.PATTERN, "of release names", Entry::pattern);
    private static final Key<Entry, List<ProofRule>> VERIFY = Key.of("verify", ListType.of(
            VerifySection.SECTION), "how its files are signed", Entry::proofs).or(List.of());

    private static final Key<Entry, String> TOOL = Key.optional("tool", TextType.plain(),
            "usual name of its only tool, when it is not the project's", _ -> Optional.empty());
    private static final Key<Entry, String> PLUGIN = Key.optional("plugin", TextType.plain(),
            "language that it generates code for", Entry::plugin);
    private static final Key<Entry, String> SOURCE_ONLY = Key.optional("source_only", TextType
            .plain(), "why there are no files to publish", Entry::sourceOnly);

    private static final Section<Entry> ENTRY = new Section<>(List.of(ASSET, ASSETS, VERSION_WORDS,
            CHECKSUMS, WORDS, EMULATED, PATTERN, VERIFY, TOOL, PLUGIN, SOURCE_ONLY),
            values -> new Entry(new AssetTemplates(values.get(ASSET), values.get(ASSETS), values
                    .get(VERSION_WORDS)), values.find(CHECKSUMS), values.get(WORDS), new TreeSet<>(
                            values.get(EMULATED)), values.find(PATTERN), values.get(VERIFY), values
                                    .find(PLUGIN), values.find(SOURCE_ONLY)));

    /** Texts of the entries by name in lower case; each is parsed when it is asked for. */
    private static final class Holder {
        static final SortedMap<String, String> PROJECTS = new TreeMap<>();
        static final SortedMap<String, String> TEXTS = texts(PROJECTS);
    }

    private Catalogue() {}

    /**
     * What is known of a project; case makes no difference, as on GitHub.
     *
     * @param repository {@code owner/repository}
     * @param tool which of the project's, where it releases several under names of their own
     */
    public static Optional<Entry> find(String repository, String tool) {
        String own = normal(repository + "/" + tool);
        String name = Holder.TEXTS.containsKey(own) ? own : normal(repository);
        return Optional.ofNullable(Holder.TEXTS.get(name)).map(text -> parse(name, text));
    }

    /** Names of a project's tools; empty for a project that is unknown or releases a single one. */
    public static List<String> tools(String repository) {
        String prefix = normal(repository) + "/";
        return names().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .toList();
    }

    /** The {@code owner/repository} of a tool that is known by its own name. */
    public static Optional<String> project(String tool) {
        return Optional.ofNullable(Holder.PROJECTS.get(tool));
    }

    /** All that {@link #find} knows, in lower case. */
    static List<String> names() {
        return List.copyOf(Holder.TEXTS.keySet());
    }

    private static String normal(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /**
     * An entry begins with its name alone on a line, without indentation.
     *
     * @param projects takes the project of each tool
     */
    private static SortedMap<String, String> texts(SortedMap<String, String> projects) {
        SortedMap<String, StringBuilder> texts = new TreeMap<>();
        StringBuilder current = new StringBuilder();
        String name = "";
        for (String line : resource().lines().toList()) {
            boolean starts = line.endsWith(":") && !line.startsWith(" ") && !line.startsWith("#");
            if (starts) {
                current = new StringBuilder();
                name = line.substring(0, line.length() - 1);
                texts.put(normal(name), current);
                projects.put(normal(name.substring(name.lastIndexOf('/') + 1)), firstTwo(name));
            } else {
                if (line.startsWith(TOOL_LINE)) {
                    projects.put(line.substring(TOOL_LINE.length()).strip(), firstTwo(name));
                }
                current.append(line).append('\n');
            }
        }
        SortedMap<String, String> result = new TreeMap<>();
        texts.forEach((key, text) -> result.put(key, text.toString()));
        return result;
    }

    /** The first two components of an entry's name. */
    private static String firstTwo(String name) {
        int second = name.indexOf('/', name.indexOf('/') + 1);
        return second > 0 ? name.substring(0, second) : name;
    }

    private static String resource() {
        try (InputStream in = Objects.requireNonNull(Catalogue.class.getResourceAsStream(
                RESOURCE))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Entry parse(String name, String text) {
        Reading reading = new Reading(Path.of("/"), Map.of());
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            return ENTRY.read(NodeAt.root(YamlSource.compose(new ByteArrayInputStream(bytes))),
                    reading)
                    .orElseThrow(() -> new IllegalStateException("the built-in catalogue, " + name
                            + ": " + reading.problems()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SyntaxException e) {
            throw new IllegalStateException("the built-in catalogue, " + name, e);
        }
    }
}
