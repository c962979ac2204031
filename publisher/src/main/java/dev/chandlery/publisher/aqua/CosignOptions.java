package dev.chandlery.publisher.aqua;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Arguments that a definition gives to {@code cosign verify-blob}.
 *
 * @param values by option
 * @param unknown options that we do not understand
 */
record CosignOptions(Map<String, String> values, Set<String> unknown) {
    private static final String IDENTITY = "--certificate-identity";
    private static final String ISSUER = "--certificate-oidc-issuer";
    private static final String REGEXP = "-regexp";
    private static final Set<String> KNOWN = Set.of(IDENTITY, IDENTITY + REGEXP, ISSUER,
            "--signature", "--certificate", "--bundle", "--key");
    /** The issuer that is meant when none is written. */
    private static final String GITHUB = "https://token.actions.githubusercontent.com";

    static CosignOptions parse(List<String> arguments) {
        Map<String, String> values = new TreeMap<>();
        Set<String> unknown = new java.util.TreeSet<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equal = argument.indexOf('=');
            boolean joined = argument.startsWith("--") && equal > 0;
            String name = joined ? argument.substring(0, equal) : argument;
            if (!KNOWN.contains(name) || (!joined && i + 1 >= arguments.size())) {
                unknown.add(argument);
            } else if (joined) {
                values.put(name, argument.substring(equal + 1));
            } else {
                values.put(name, arguments.get(++i));
            }
        }
        return new CosignOptions(values, unknown);
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Why these options cannot be an item of {@code verify}; empty when they can. */
    Optional<String> problem() {
        if (!unknown.isEmpty()) {
            return Optional.of("options are not understood: " + String.join(" ", unknown));
        }
        if (values.containsKey("--key")) {
            return Optional.of("the key lies at " + values.get("--key")
                    + "; look at it, save it, and name it in key_files of an item sigstore");
        }
        boolean named = values.containsKey(IDENTITY) || values.containsKey(IDENTITY + REGEXP);
        return named && values.containsKey(ISSUER)
                ? Optional.empty()
                : Optional.of("it does not say who must have signed: " + IDENTITY + " and "
                        + ISSUER);
    }

    /**
     * Keys that say whose signature it must be.
     *
     * @param render fills templates in, with {@link ReleaseTag#NUMBER} for a version's number
     */
    Map<String, Object> signer(UnaryOperator<String> render) {
        Map<String, Object> keys = new LinkedHashMap<>();
        Optional<String> exact = find(IDENTITY).map(render);
        if (exact.isPresent() && !exact.get().contains(ReleaseTag.NUMBER)) {
            keys.put("identity", exact.get());
        } else {
            keys.put("identity_pattern", exact.map(CosignOptions::quoted)
                    .orElseGet(() -> whole(anyNumber(render.apply(values.getOrDefault(
                            IDENTITY + REGEXP, ""))))));
        }
        String issuer = render.apply(values.getOrDefault(ISSUER, GITHUB));
        if (!issuer.equals(GITHUB)) {
            keys.put("issuer", issuer);
        }
        return keys;
    }

    /** A text with any number of a version in it, as a pattern. */
    private static String quoted(String text) {
        StringBuilder pattern = new StringBuilder();
        for (String part : text.split(ReleaseTag.NUMBER, -1)) {
            pattern.append(pattern.isEmpty() ? "" : ".+")
                    .append(part.replaceAll("([.\\\\+*?\\[^\\]$(){}|])", "\\\\$1"));
        }
        return pattern.toString();
    }

    /** A pattern with any number in the place of one version's, inside a quotation too. */
    private static String anyNumber(String pattern) {
        StringBuilder result = new StringBuilder();
        boolean quoting = false;
        for (int i = 0; i < pattern.length(); i++) {
            quoting = pattern.startsWith("\\Q", i) || (quoting && !pattern.startsWith("\\E", i));
            boolean number = pattern.startsWith(ReleaseTag.NUMBER, i);
            result.append(number ? quoting ? "\\E.+\\Q" : ".+" : pattern.charAt(i));
        }
        return result.toString();
    }

    /** cosign looks for the pattern anywhere; ours must match all, from the beginning at least. */
    private static String whole(String pattern) {
        String inside = pattern.startsWith("^") ? pattern.substring(1) : pattern;
        boolean alternatives = Pattern.compile("\\|").matcher(inside).find();
        if (inside.endsWith("$") && !inside.endsWith("\\$")) {
            inside = inside.substring(0, inside.length() - 1);
        } else if (!inside.endsWith(".*")) {
            inside = alternatives ? "(?:" + inside + ").*" : inside + ".*";
        }
        return inside.replace("\\Q\\E", "");
    }
}
