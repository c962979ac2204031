package dev.chandlery.dist.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page for readers: what it tells them to run, and where it sends them.
 *
 * @param file below {@link #ROOT}
 */
record Page(Path file, List<String> lines) {
    static final Path ROOT = Path.of(System.getProperty("chandlery.root"));

    private static final String FENCE = "```";
    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern DRAWING = Pattern.compile("[─│▼►←→]");

    /** All of them. */
    static List<Page> all() {
        List<Path> files = new ArrayList<>();
        for (Path folder : List.of(ROOT, ROOT.resolve("docs"), ROOT.resolve("docs/adr"))) {
            try (Stream<Path> found = Files.list(folder)) {
                found.filter(file -> file.toString().endsWith(".md")).sorted().forEach(files::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files.stream().map(Page::read).toList();
    }

    static Page read(Path file) {
        try {
            return new Page(file, Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each line of code, and each piece of code in a sentence, that runs one of our programs. */
    List<CommandLineText> commands() {
        List<CommandLineText> commands = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (isFence(lines.get(i))) {
                int end = i + 1;
                while (end < lines.size() && !isFence(lines.get(end))) {
                    end++;
                }
                if (lines.subList(i, end)
                        .stream()
                        .noneMatch(line -> DRAWING.matcher(line).find())) {
                    for (int j = i + 1; j < end; j++) {
                        CommandLineText.of(place(j), lines.get(j)).ifPresent(commands::add);
                    }
                }
                i = end;
            } else {
                Matcher span = SPAN.matcher(lines.get(i));
                while (span.find()) {
                    CommandLineText.of(place(i), span.group(1)).ifPresent(commands::add);
                }
            }
        }
        return commands;
    }

    private static boolean isFence(String line) {
        return line.strip().startsWith(FENCE);
    }

    private String place(int line) {
        return this + ":" + (line + 1);
    }

    /** Where it sends readers to, without what is not ours. */
    List<String> links() {
        return LINK.matcher(text())
                .results()
                .map(found -> found.group(1))
                .filter(link -> !link.contains("://") && !link.startsWith("mailto:"))
                .toList();
    }

    /** Names of its headings, as links have them. */
    Set<String> headings() {
        return lines.stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    String text() {
        return String.join("\n", lines);
    }

    @Override
    public String toString() {
        return ROOT.relativize(file).toString();
    }
}
