package dev.chandlery.publisher.aqua;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Go template without control structures: fields, pipelines, parentheses, and the functions that names of
 * files are made with.
 */
final class GoTemplate {
    private static final Pattern ACTION = Pattern.compile("\\{\\{-?(.*?)-?}}", Pattern.DOTALL);
    private static final int DEEPEST = 20;

    private final Tokens tokens;
    private final Map<String, String> fields;
    private int depth;

    private GoTemplate(String action, Map<String, String> fields) {
        this.tokens = new Tokens(action);
        this.fields = fields;
    }

    /**
     * The text with all actions replaced.
     *
     * @param fields by name, without the dot; nested ones as {@code Vars.name}
     * @throws UnsupportedExpressionException for functions and fields that we do not have
     */
    static String render(String text, Map<String, String> fields) {
        StringBuilder result = new StringBuilder();
        Matcher matcher = ACTION.matcher(text);
        int at = 0;
        while (matcher.find()) {
            result.append(text, at, matcher.start());
            GoTemplate action = new GoTemplate(matcher.group(1), fields);
            Object value = action.pipeline();
            if (!action.tokens.atEnd() || !(value instanceof String shown)) {
                throw action.tokens.unsupported();
            }
            result.append(shown);
            at = matcher.end();
        }
        return result.append(text.substring(at)).toString();
    }

    private Object pipeline() {
        if (++depth > DEEPEST) {
            throw tokens.unsupported();
        }
        Object value = command(List.of());
        while (tokens.skip("|")) {
            value = command(List.of(value));
        }
        depth--;
        return value;
    }

    /** @param piped what the command before gave; becomes the last argument */
    private Object command(List<Object> piped) {
        String word = tokens.peek();
        boolean function = !word.isEmpty() && Character.isLetter(word.charAt(0));
        if (!function) {
            if (!piped.isEmpty()) {
                throw tokens.unsupported();
            }
            return operand();
        }
        tokens.take();
        List<Object> arguments = new ArrayList<>();
        while (!tokens.atEnd() && !tokens.peek().equals("|") && !tokens.peek().equals(")")) {
            arguments.add(operand());
        }
        arguments.addAll(piped);
        return call(word, arguments);
    }

    private Object operand() {
        String word = tokens.take();
        if (word.equals("(")) {
            Object inner = pipeline();
            tokens.require(")");
            return tokens.peek().matches("\\.(Major|Minor|Patch)")
                    ? part(inner, tokens.take())
                    : inner;
        }
        if (Tokens.isQuoted(word)) {
            return Tokens.unquote(word);
        }
        if (word.matches("\\d{1,4}")) {
            return Integer.valueOf(word);
        }
        String value = word.startsWith(".") ? fields.get(word.substring(1)) : null;
        if (value == null) {
            throw tokens.unsupported();
        }
        return value;
    }

    private Object part(Object version, String name) {
        if (!(version instanceof LooseVersion loose)) {
            throw tokens.unsupported();
        }
        return loose.number(List.of(".Major", ".Minor", ".Patch").indexOf(name)).toString();
    }

    private Object call(String name, List<Object> arguments) {
        return switch (name) {
            case "trimV" -> trimPrefix("v", text(arguments, 0, 1));
            case "trimPrefix" -> trimPrefix(text(arguments, 0, 2), text(arguments, 1, 2));
            case "trimSuffix" -> trimSuffix(text(arguments, 0, 2), text(arguments, 1, 2));
            case "replace" -> text(arguments, 2, 3).replace(text(arguments, 0, 3), text(arguments,
                    1, 3));
            case "title" -> title(text(arguments, 0, 1));
            case "toLower", "lower" -> text(arguments, 0, 1).toLowerCase(Locale.ROOT);
            case "toUpper", "upper" -> text(arguments, 0, 1).toUpperCase(Locale.ROOT);
            case "print" -> text(arguments, 0, 1);
            case "printf" -> printf(arguments);
            case "splitList" -> List.of(text(arguments, 1, 2).split(Pattern.quote(text(arguments, 0,
                    2)), -1));
            case "index" -> index(arguments);
            case "semver" -> LooseVersion.parse(text(arguments, 0, 1))
                    .orElseThrow(
                            tokens::unsupported);
            default -> throw tokens.unsupported();
        };
    }

    private String text(List<Object> arguments, int index, int count) {
        if (arguments.size() == count && arguments.get(index) instanceof String text) {
            return text;
        }
        throw tokens.unsupported();
    }

    private Object index(List<Object> arguments) {
        if (arguments.size() == 2 && arguments.getFirst() instanceof List<?> list && arguments
                .getLast() instanceof Integer at && at < list.size()
                && list.get(at) instanceof String item) {
            return item;
        }
        throw tokens.unsupported();
    }

    private String printf(List<Object> arguments) {
        if (arguments.isEmpty() || !(arguments.getFirst() instanceof String format)) {
            throw tokens.unsupported();
        }
        StringBuilder result = new StringBuilder();
        int next = 1;
        for (int i = 0; i < format.length(); i++) {
            if (format.charAt(i) != '%') {
                result.append(format.charAt(i));
                continue;
            }
            char verb = ++i < format.length() ? format.charAt(i) : '?';
            if (verb == '%') {
                result.append('%');
            } else if ((verb == 's' || verb == 'v' || verb == 'd') && next < arguments.size()) {
                result.append(arguments.get(next++));
            } else {
                throw tokens.unsupported();
            }
        }
        if (next != arguments.size()) {
            throw tokens.unsupported();
        }
        return result.toString();
    }

    private static String trimPrefix(String prefix, String text) {
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    private static String trimSuffix(String suffix, String text) {
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }

    /** The first letter of each word as a capital. */
    private static String title(String text) {
        return Pattern.compile("(^|\\s)(\\p{Ll})")
                .matcher(text)
                .replaceAll(found -> found.group(1) + found.group(2).toUpperCase(Locale.ROOT));
    }
}
