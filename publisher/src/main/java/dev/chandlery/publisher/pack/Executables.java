package dev.chandlery.publisher.pack;

import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.tool.ContentSpec;
import dev.chandlery.oci.MalformedContentException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds the executables of an asset, names them as users call them, and checks that they are for the platform. */
final class Executables {
    private final String tool;
    private final PlatformName platform;
    private final ContentSpec content;
    private final String asset;

    Executables(String tool, PlatformName platform, ContentSpec content, String asset) {
        this.tool = tool;
        this.platform = platform;
        this.content = content;
        this.asset = asset;
    }

    private record Candidate(String path, ArchiveEntry.File file, ExecutableHeader header) {
        /** Last part of the path without {@code .exe}. */
        String stem() {
            String name = path.substring(path.lastIndexOf('/') + 1);
            return name.toLowerCase(Locale.ROOT).endsWith(".exe")
                    ? name.substring(0, name.length()
                            - 4)
                    : name;
        }

        /** Whether upstream's name is the wanted one with version and platform behind it. */
        boolean isNamed(String wanted) {
            String stem = stem();
            return stem.startsWith(wanted) && (stem.length() == wanted.length() || "-_.".indexOf(
                    stem.charAt(wanted.length())) >= 0);
        }
    }

    /** Files by their name in {@code bin/}; at least one. */
    SortedMap<String, ArchiveEntry.File> find(SortedMap<String, ArchiveEntry> archive)
            throws IOException {
        List<Candidate> candidates = candidates(archive);
        SortedMap<String, Candidate> chosen = content.binaries().isEmpty()
                ? all(candidates)
                : named(candidates);
        if (chosen.isEmpty()) {
            throw refused("no executable in it for " + platform + "; it holds " + listing(archive));
        }
        SortedMap<String, ArchiveEntry.File> files = new TreeMap<>();
        for (Map.Entry<String, Candidate> entry : chosen.entrySet()) {
            check(entry.getValue());
            files.put(entry.getKey() + platform.executableSuffix(), entry.getValue().file());
        }
        return files;
    }

    private List<Candidate> candidates(SortedMap<String, ArchiveEntry> archive)
            throws IOException {
        List<Candidate> found = new ArrayList<>();
        for (Map.Entry<String, ArchiveEntry> entry : archive.entrySet()) {
            if (entry.getValue() instanceof ArchiveEntry.File file) {
                Optional<ExecutableHeader> header = ExecutableHeader.read(file.content());
                header.filter(h -> isProgram(entry.getKey(), file, h))
                        .ifPresent(h -> found.add(
                                new Candidate(entry.getKey(), file, h)));
            }
        }
        return found;
    }

    /** Shared libraries are executables by their header, and examples are by their run bit. */
    private static boolean isProgram(String path, ArchiveEntry.File file, ExecutableHeader header) {
        String name = path.toLowerCase(Locale.ROOT);
        boolean inPlace = path.indexOf('/') < 0 || path.startsWith("bin/");
        return switch (header.kind()) {
            case SCRIPT -> inPlace && file.executable();
            case ELF -> !name.endsWith(".so") && !name.contains(".so.") && !name.endsWith(".o");
            case MACH_O -> !name.endsWith(".dylib") && !name.endsWith(".o");
            case PE -> !name.endsWith(".dll");
        };
    }

    private SortedMap<String, Candidate> named(List<Candidate> candidates) {
        SortedMap<String, Candidate> chosen = new TreeMap<>();
        List<String> missing = new ArrayList<>();
        for (String wanted : content.binaries()) {
            candidates.stream()
                    .filter(c -> c.isNamed(wanted))
                    .min(Comparator.comparingInt(
                            (Candidate c) -> c.stem().length()).thenComparing(Candidate::path))
                    .ifPresentOrElse(c -> chosen.put(wanted, c), () -> missing.add(wanted));
        }
        if (!missing.isEmpty()) {
            throw refused("expected executables " + String.join(", ", missing) + ", found "
                    + candidates.stream().map(Candidate::path).toList());
        }
        return chosen;
    }

    /** A single one is the tool, whatever upstream calls it; of several each keeps its name. */
    private SortedMap<String, Candidate> all(List<Candidate> candidates) {
        SortedMap<String, Candidate> chosen = new TreeMap<>();
        if (candidates.size() == 1) {
            chosen.put(tool, candidates.getFirst());
            return chosen;
        }
        for (Candidate candidate : candidates) {
            Candidate other = chosen.putIfAbsent(candidate.stem(), candidate);
            if (other != null) {
                throw refused("two executables are called " + candidate.stem() + ": " + other.path()
                        + " and " + candidate.path() + "; name one in include and binaries");
            }
        }
        return chosen;
    }

    private void check(Candidate candidate) {
        ExecutableHeader header = candidate.header();
        boolean accepted = content.emulated().contains(platform)
                ? header.runsOn(platform.platform())
                : header.fits(platform.platform());
        if (!accepted) {
            throw refused("expected an executable for " + platform.platform() + ", got "
                    + candidate.path() + ", which is " + header
                    + "; if that is meant, list the platform under emulated");
        }
    }

    private static String listing(SortedMap<String, ArchiveEntry> archive) {
        int shown = 10;
        String names = String.join(", ", archive.keySet().stream().limit(shown).toList());
        return archive.size() > shown
                ? names + " and " + (archive.size() - shown) + " more"
                : names.isEmpty() ? "nothing" : names;
    }

    private MalformedContentException refused(String why) {
        return new MalformedContentException("cannot pack " + asset + ": " + why);
    }
}
