package dev.chandlery.config.yaml;

/** Puts a text from outside into a message: one line, printable, not too long, without a password. */
final class Quote {

    private static final int MAX_LENGTH = 80;

    private Quote() {}

    static String of(String text) {
        return '"' + printable(redacted(text)) + '"';
    }

    /** The text without line breaks and escape sequences, cut when it is too long. */
    static String printable(String text) {
        String start = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "..." : text;
        boolean plain = start.codePoints().allMatch(Quote::isPlain);
        return plain ? start : start.replaceAll("[\\p{Cntrl}\\p{Cf}\u2028\u2029]", "?");
    }

    /** Without user and password in front of an address. */
    private static String redacted(String text) {
        int start = text.indexOf("://") < 0 ? 0 : text.indexOf("://") + "://".length();
        int end = text.lastIndexOf('@');
        boolean secret = end > start && text.substring(start, end).indexOf(':') >= 0;
        return secret ? text.substring(0, start) + "***" + text.substring(end) : text;
    }

    private static boolean isPlain(int c) {
        return c >= ' ' && c < 127;
    }
}
