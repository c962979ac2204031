package dev.chandlery.config.source;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Globs over paths, as {@code include} of a tool has them: {@code *} within a folder, {@code **} across folders,
 * {@code ?} one character. Immutable.
 */
public final class PathPatterns {
    private final List<Pattern> patterns;

    public PathPatterns(List<String> globs) {
        this.patterns = globs.stream().map(PathPatterns::compile).toList();
    }

    /** Whether one of them fits all of the path. */
    public boolean match(String path) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(path).matches());
    }

    private static Pattern compile(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            boolean deep = c == '*' && i + 1 < glob.length() && glob.charAt(i + 1) == '*';
            switch (c) {
                case '*' -> regex.append(deep ? ".*" : "[^/]*");
                case '?' -> regex.append("[^/]");
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
            i += deep ? 1 : 0;
        }
        return Pattern.compile(regex.toString());
    }
}
