package dev.chandlery.config.source;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file name, URL or package name with placeholders: {@code {version} {tag} {platform} {os} {arch} {ext}
 * {asset}}.
 *
 * <p>{@code {os}} and {@code {arch}} are the OCI words ({@code linux}, {@code amd64}); {@code {ext}} is
 * {@code .exe} on Windows and otherwise empty. Values are inserted as they are, and are not scanned for
 * placeholders again.
 *
 * @param text with placeholders of known names only
 */
public record AssetTemplate(String text) implements Comparable<AssetTemplate> {

    /** Placeholders, as they are written. */
    public static final String PLACEHOLDERS =
            "{version} {tag} {platform} {os} {arch} {ext} {asset}";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

    /** @throws IllegalArgumentException when a placeholder is unknown or a brace is left open */
    public AssetTemplate {
        String rest = PLACEHOLDER.matcher(text).replaceAll("");
        if (text.isBlank() || rest.indexOf('{') >= 0 || rest.indexOf('}') >= 0) {
            throw new IllegalArgumentException("expected text with placeholders " + PLACEHOLDERS);
        }
        PLACEHOLDER.matcher(text).results().map(found -> found.group(0)).forEach(found -> {
            if (!(" " + PLACEHOLDERS + " ").contains(" " + found + " ")) {
                throw new IllegalArgumentException(
                        "unknown placeholder " + found + ", expected one of " + PLACEHOLDERS);
            }
        });
    }

    /** The text with every placeholder replaced. */
    public String expand(TemplateValues values) {
        SortedMap<String, String> words = words(values);
        return PLACEHOLDER.matcher(text)
                .replaceAll(
                        found -> Matcher.quoteReplacement(words.getOrDefault(found.group(1), "")));
    }

    /** Whether the text has this placeholder, given as {@code {platform}}. */
    public boolean has(String placeholder) {
        return text.contains(placeholder);
    }

    private static SortedMap<String, String> words(TemplateValues values) {
        ToolPlatform platform = values.platform();
        SortedMap<String, String> words = new TreeMap<>();
        words.put("version", values.version());
        words.put("tag", values.tag());
        words.put("platform", platform.upstreamWord());
        words.put("os", platform.name().platform().os());
        words.put("arch", platform.name().platform().architecture());
        words.put("ext", platform.name().executableSuffix());
        words.put("asset", values.asset());
        return words;
    }

    @Override
    public int compareTo(AssetTemplate other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
