package dev.chandlery.publisher.attest.gobuild;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Go's record of a build, as {@code go version -m} shows it.
 *
 * @param goVersion such as {@code go1.26.8}
 * @param mainPackage path of the package that was built; may be empty
 * @param main module of that package; absent when it was built without modules
 * @param dependencies what was built in, with replacements in place of what they replace
 * @param settings of the build, such as {@code GOOS} and {@code vcs.revision}
 */
public record GoBuild(String goVersion, String mainPackage, Optional<GoModule> main,
        List<GoModule> dependencies, SortedMap<String, String> settings) {
    private static final int MOST_MODULES = 10_000;

    public GoBuild {
        dependencies = List.copyOf(dependencies);
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    }

    /** Reads the lines of a module record; lines that we do not know are passed over. */
    static GoBuild parse(String goVersion, String lines) {
        String path = "";
        Optional<GoModule> main = Optional.empty();
        List<GoModule> dependencies = new ArrayList<>();
        SortedMap<String, String> settings = new TreeMap<>();
        for (String line : lines.split("\n", -1)) {
            String[] words = line.split("\t", -1);
            switch (words[0]) {
                case "path" -> path = word(words, 1);
                case "mod" -> main = Optional.of(module(words));
                case "dep" -> add(dependencies, module(words));
                case "=>" -> replaceLast(dependencies, module(words));
                case "build" -> setting(settings, word(words, 1));
                default -> {
                    // a record of a later Go
                }
            }
        }
        return new GoBuild(goVersion, path, main, dependencies, settings);
    }

    private static void add(List<GoModule> modules, GoModule module) {
        if (modules.size() < MOST_MODULES) {
            modules.add(module);
        }
    }

    private static void replaceLast(List<GoModule> modules, GoModule by) {
        if (!modules.isEmpty()) {
            modules.set(modules.size() - 1, by);
        }
    }

    private static void setting(SortedMap<String, String> settings, String text) {
        int equals = text.indexOf('=');
        if (equals > 0) {
            settings.put(text.substring(0, equals), text.substring(equals + 1));
        }
    }

    private static GoModule module(String[] words) {
        String sum = word(words, 3);
        return new GoModule(word(words, 1), word(words, 2), sum.isEmpty()
                ? Optional.empty()
                : Optional.of(sum));
    }

    private static String word(String[] words, int index) {
        return index < words.length ? words[index] : "";
    }
}
