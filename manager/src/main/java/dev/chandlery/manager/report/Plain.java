package dev.chandlery.manager.report;

import java.util.Set;

/** Text of others, made harmless for every form. */
final class Plain {
    private static final int MOST_CHARACTERS = 1000;
    private static final Set<String> ALARMING = Set.of("DOWN", "MISSED", "failed", "FAILED",
            "partly", "timed-out", "lost", "warning");

    private Plain() {}

    /** Words that a page stresses. */
    static boolean isAlarming(String text) {
        return ALARMING.contains(text);
    }

    /** One line, bounded, without what changes how the rest is shown. */
    static String line(String text) {
        String bounded = text.length() <= MOST_CHARACTERS
                ? text
                : text.substring(0, MOST_CHARACTERS) + "...";
        StringBuilder line = new StringBuilder();
        bounded.codePoints().forEach(c -> line.appendCodePoint(isInvisible(c) ? ' ' : c));
        return line.toString().strip();
    }

    /** Controls, line ends, and what turns the direction of writing; halves of characters too. */
    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> true;
            default -> false;
        };
    }
}
