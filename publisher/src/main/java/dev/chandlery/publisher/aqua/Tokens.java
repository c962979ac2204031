package dev.chandlery.publisher.aqua;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words of a template's action or of a condition, taken one after another. Not thread-safe. */
final class Tokens {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(\"(?:[^\"\\\\]|\\\\.)*\")|(`[^`]*`)|('(?:[^'\\\\]|\\\\.)*')"
                    + "|(==|!=|&&|\\|\\||[()\\[\\],|!])|([^\\s()\\[\\],|!=\"'`&]+))\\s*");
    private static final int MOST = 500;

    private final String text;
    private final List<String> words = new ArrayList<>();
    private int next;

    Tokens(String text) {
        this.text = text;
        Matcher matcher = TOKEN.matcher(text);
        int at = 0;
        while (at < text.length() && !text.substring(at).isBlank()) {
            matcher.region(at, text.length());
            if (!matcher.lookingAt() || words.size() > MOST) {
                throw unsupported();
            }
            words.add(matcher.group().strip());
            at = matcher.end();
        }
    }

    boolean atEnd() {
        return next >= words.size();
    }

    /** The next word, which stays; empty at the end. */
    String peek() {
        return atEnd() ? "" : words.get(next);
    }

    String take() {
        if (atEnd()) {
            throw unsupported();
        }
        return words.get(next++);
    }

    /** Takes the next word if it is one of these. */
    boolean skip(String... wanted) {
        for (String each : wanted) {
            if (peek().equals(each)) {
                next++;
                return true;
            }
        }
        return false;
    }

    void require(String wanted) {
        if (!skip(wanted)) {
            throw unsupported();
        }
    }

    static boolean isQuoted(String word) {
        return word.length() >= 2 && "\"'`".indexOf(word.charAt(0)) >= 0;
    }

    /** The text inside quotes. */
    static String unquote(String word) {
        String inside = word.substring(1, word.length() - 1);
        if (word.charAt(0) == '`') {
            return inside;
        }
        return inside.replace("\\n", "\n")
                .replace("\\t", "\t")
                .replaceAll("\\\\(.)", "$1");
    }

    UnsupportedExpressionException unsupported() {
        return new UnsupportedExpressionException("\"" + text.strip() + "\" is not understood"
                + (atEnd() ? "" : " at " + peek()));
    }
}
