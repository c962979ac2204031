package dev.chandlery.publisher.pack;

import dev.chandlery.config.source.PathPatterns;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.tool.ContentSpec;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.publisher.pack.ToolTree.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Lays out what upstream packed in its own way: executables in {@code bin/}, headers in {@code include/},
 * licences in {@code share/licenses/TOOL/}, and what {@code include:} of registry.yaml names where it is.
 */
final class TreeBuilder {
    private static final String WHITEOUT = ".wh.";

    private final String tool;
    private final PlatformName platform;
    private final ContentSpec content;
    private final String asset;
    private final SortedMap<String, Entry> entries = new TreeMap<>();

    /** @param asset upstream's file name, for messages */
    TreeBuilder(String tool, PlatformName platform, ContentSpec content, String asset) {
        this.tool = tool;
        this.platform = platform;
        this.content = content;
        this.asset = asset;
    }

    /** @throws MalformedContentException when no executable is found, or one for another platform */
    ToolTree build(SortedMap<String, ArchiveEntry> archive) throws IOException {
        SortedMap<String, ArchiveEntry> unpacked = withoutTopFolder(archive);
        Executables executables = new Executables(tool, platform, content, asset);
        SortedMap<String, ArchiveEntry.File> binaries = executables.find(unpacked);
        binaries.forEach((name, file) -> put("bin/" + name, new Entry.File(file, true)));
        PathPatterns included = new PathPatterns(content.include());
        for (Map.Entry<String, ArchiveEntry> entry : unpacked.entrySet()) {
            String path = entry.getKey();
            if (binaries.containsValue(entry.getValue())) {
                continue;
            }
            if (path.startsWith("include/") || included.match(path)) {
                keep(path, entry.getValue(), unpacked);
            } else if (isLicense(path)) {
                keep("share/licenses/" + tool + "/" + path, entry.getValue(), unpacked);
            }
        }
        refuseClashes();
        return new ToolTree(entries, "bin/" + entrypoint(new ArrayList<>(binaries.keySet())));
    }

    private void keep(String path, ArchiveEntry entry, SortedMap<String, ArchiveEntry> archive) {
        put(path, switch (entry) {
            case ArchiveEntry.File file -> new Entry.File(file, file.executable());
            case ArchiveEntry.Link link -> Links.find(asset, archive, link)
                    .<Entry>map(file -> new Entry.File(file, file.executable()))
                    .orElseGet(() -> new Entry.Link(link.target()));
        });
    }

    private void put(String path, Entry entry) {
        if (entries.putIfAbsent(path, entry) != null) {
            throw refused("two of its files would be " + path);
        }
    }

    /** Names that are one on macOS and Windows, that would have to be folders too, or that mean something else. */
    private void refuseClashes() {
        Map<String, String> seen = new TreeMap<>();
        for (String path : entries.keySet()) {
            if (path.startsWith(WHITEOUT) || path.contains("/" + WHITEOUT)) {
                throw refused(path + " has a name by which container engines take a file away");
            }
            String other = seen.putIfAbsent(path.toLowerCase(Locale.ROOT), path);
            if (other != null) {
                throw refused("its files " + other + " and " + path
                        + " have the same name where case does not count");
            }
            for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
                if (entries.containsKey(path.substring(0, slash))) {
                    throw refused(path.substring(0, slash) + " is a file and a folder");
                }
            }
        }
    }

    private String entrypoint(List<String> names) {
        String suffix = platform.executableSuffix();
        String wanted = content.entrypoint().orElse(tool) + suffix;
        if (names.contains(wanted)) {
            return wanted;
        }
        if (content.entrypoint().isPresent()) {
            throw refused("entrypoint " + wanted + " is not among its executables: " + String.join(
                    ", ", names));
        }
        return names.getFirst();
    }

    /** Many archives have one folder at the top, named after the release; its name says nothing. */
    private static SortedMap<String, ArchiveEntry> withoutTopFolder(
            SortedMap<String, ArchiveEntry> archive) {
        String first = archive.isEmpty() ? "" : archive.firstKey();
        int slash = first.indexOf('/');
        String top = slash < 0 ? "" : first.substring(0, slash + 1);
        if (top.isEmpty() || top.equals("bin/") || top.equals("include/")
                || !archive.keySet().stream().allMatch(path -> path.startsWith(top))) {
            return archive;
        }
        SortedMap<String, ArchiveEntry> stripped = new TreeMap<>();
        archive.forEach((path, entry) -> stripped.put(path.substring(top.length()), entry));
        return stripped;
    }

    private static boolean isLicense(String path) {
        String name = path.toUpperCase(Locale.ROOT);
        return name.indexOf('/') < 0 && (name.startsWith("LICENSE") || name.startsWith("LICENCE")
                || name.startsWith("COPYING") || name.startsWith("NOTICE"));
    }

    private MalformedContentException refused(String why) {
        return new MalformedContentException("cannot pack " + asset + ": " + why);
    }
}
