package dev.chandlery.publisher.aqua;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A condition over versions, in the part of the expr language that the registry uses: {@code semver("...")},
 * {@code Version == "..."}, {@code in}, {@code startsWith}, {@code endsWith}, {@code contains},
 * {@code matches}, {@code and}, {@code or}, {@code not}, and parentheses.
 */
final class Condition {
    private static final int DEEPEST = 40;

    private final Tokens tokens;
    private final Map<String, String> names;
    private int depth;

    private Condition(String text, Map<String, String> names) {
        this.tokens = new Tokens(text);
        this.names = names;
    }

    /**
     * Whether the condition holds.
     *
     * @param version whole, as upstream's tag
     * @param semver without the definition's prefix
     * @throws UnsupportedExpressionException when it is not in our part of the language
     */
    static boolean holds(String text, String version, String semver) {
        Condition condition = new Condition(text, Map.of("Version", version, "SemVer", semver));
        boolean result = condition.or();
        if (!condition.tokens.atEnd()) {
            throw condition.tokens.unsupported();
        }
        return result;
    }

    private boolean or() {
        boolean result = and();
        while (tokens.skip("or", "||")) {
            result |= and();
        }
        return result;
    }

    private boolean and() {
        boolean result = not();
        while (tokens.skip("and", "&&")) {
            result &= not();
        }
        return result;
    }

    private boolean not() {
        if (++depth > DEEPEST) {
            throw tokens.unsupported();
        }
        try {
            return tokens.skip("not", "!") ? !not() : comparison();
        } finally {
            depth--;
        }
    }

    private boolean comparison() {
        if (tokens.skip("(")) {
            boolean result = or();
            tokens.require(")");
            return result;
        }
        if (tokens.skip("true")) {
            return true;
        }
        if (tokens.skip("false")) {
            return false;
        }
        if (tokens.skip("semver")) {
            return fits(call().getFirst(), names.getOrDefault("SemVer", ""));
        }
        if (tokens.skip("semverWithVersion")) {
            List<String> arguments = call();
            return fits(arguments.getFirst(), arguments.getLast());
        }
        return compare(value());
    }

    private static boolean fits(String conditions, String version) {
        return LooseVersion.parse(version).map(v -> v.fits(conditions)).orElse(false);
    }

    private boolean compare(String left) {
        boolean inverted = tokens.skip("not");
        boolean result = switch (tokens.take()) {
            case "==" -> left.equals(value());
            case "!=" -> !left.equals(value());
            case "in" -> list().contains(left);
            case "startsWith" -> left.startsWith(value());
            case "endsWith" -> left.endsWith(value());
            case "contains" -> left.contains(value());
            case "matches" -> find(value(), left);
            default -> throw tokens.unsupported();
        };
        return result != inverted;
    }

    private boolean find(String pattern, String text) {
        try {
            return Pattern.compile(pattern).matcher(text).find();
        } catch (PatternSyntaxException _) {
            throw tokens.unsupported();
        }
    }

    private List<String> list() {
        tokens.require("[");
        List<String> values = new ArrayList<>();
        while (!tokens.skip("]")) {
            values.add(value());
            tokens.skip(",");
        }
        return values;
    }

    private List<String> call() {
        tokens.require("(");
        List<String> values = new ArrayList<>();
        while (!tokens.skip(")")) {
            values.add(value());
            tokens.skip(",");
        }
        if (values.isEmpty()) {
            throw tokens.unsupported();
        }
        return values;
    }

    private String value() {
        String word = tokens.take();
        if (Tokens.isQuoted(word)) {
            return Tokens.unquote(word);
        }
        if (word.equals("trimPrefix")) {
            List<String> arguments = call();
            String text = arguments.getFirst();
            String prefix = arguments.getLast();
            return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
        }
        String named = names.get(word);
        if (named == null) {
            throw tokens.unsupported();
        }
        return named;
    }
}
