package dev.chandlery.config.source;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A glob of names of repositories or tags: {@code *} is any text within a component, {@code **} across
 * components, {@code ?} one character. Matching takes time in proportion to both lengths, whatever the glob.
 *
 * @param glob as written
 */
public record NamePattern(String glob) {
    private static final Pattern GRAMMAR = Pattern.compile("[A-Za-z0-9._/*?-]{1,255}");

    /** @throws IllegalArgumentException when it can match no name */
    public NamePattern {
        if (!GRAMMAR.matcher(glob).matches() || glob.contains("***") || glob.startsWith("/")
                || glob.endsWith("/") || glob.contains("//")) {
            throw new IllegalArgumentException(
                    "expected a name, or a pattern of names such as team/**, public/* or v1.*");
        }
    }

    /** Whether it is a name itself, as nothing in it stands for other text. */
    public boolean isLiteral() {
        return glob.indexOf('*') < 0 && glob.indexOf('?') < 0;
    }

    /** Whether it stands for the whole name. */
    public boolean matches(String name) {
        // reached[i]: what was read of the glob can stand for the first i characters of the name
        boolean[] reached = new boolean[name.length() + 1];
        reached[0] = true;
        for (int at = 0; at < glob.length(); at++) {
            char c = glob.charAt(at);
            if (c == '*') {
                boolean across = at + 1 < glob.length() && glob.charAt(at + 1) == '*';
                at += across ? 1 : 0;
                stretch(reached, name, across);
            } else {
                step(reached, name, c);
            }
        }
        return reached[name.length()];
    }

    /** Whether one of them stands for the whole name. */
    public static boolean anyMatches(Iterable<NamePattern> patterns, String name) {
        for (NamePattern pattern : patterns) {
            if (pattern.matches(name)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return glob;
    }

    private static void stretch(boolean[] reached, String name, boolean across) {
        for (int i = 0; i < name.length(); i++) {
            reached[i + 1] |= reached[i] && (across || name.charAt(i) != '/');
        }
    }

    private static void step(boolean[] reached, String name, char c) {
        boolean[] before = Arrays.copyOf(reached, reached.length);
        reached[0] = false;
        for (int i = 0; i < name.length(); i++) {
            char there = name.charAt(i);
            reached[i + 1] = before[i] && (c == '?' ? there != '/' : c == there);
        }
    }
}
