package dev.chandlery.config.yaml;

/** Puts a text from outside into a message: one line, printable, not too long. */
final class Quote {

    private static final int MAX_LENGTH = 80;

    private Quote() {}

    static String of(String text) {
        String printable = text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
        boolean long_ = printable.length() > MAX_LENGTH;
        return '"' + (long_ ? printable.substring(0, MAX_LENGTH) + "..." : printable) + '"';
    }
}
