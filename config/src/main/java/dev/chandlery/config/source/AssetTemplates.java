package dev.chandlery.config.source;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How upstream names its files, with exceptions by platform. A template may have several names, separated by
 * {@code |}; of a release, the first that it has is taken.
 *
 * @param general for every platform without an exception
 * @param overrides by our platform name
 * @param versionWords text inside a version to what it becomes in file names, such as {@code -rc} to
 *     {@code -rc-}
 */
public record AssetTemplates(AssetTemplate general,
        SortedMap<PlatformName, AssetTemplate> overrides, SortedMap<String, String> versionWords) {
    private static final String OR = "|";

    public AssetTemplates {
        overrides = Collections.unmodifiableSortedMap(new TreeMap<>(overrides));
        versionWords = Collections.unmodifiableSortedMap(new TreeMap<>(versionWords));
    }

    /** The file's usual name at upstream for these values. */
    public String expand(TemplateValues values) {
        return names(values).getFirst();
    }

    /** All names that the file may have, the usual one first: projects change theirs between versions. */
    public List<String> names(TemplateValues values) {
        AssetTemplate template = overrides.getOrDefault(values.platform().name(), general);
        TemplateValues named = values.withVersion(versionInNames(values.version()));
        List<String> names = Pattern.compile(OR, Pattern.LITERAL)
                .splitAsStream(template.text())
                .filter(text -> !text.isBlank())
                .map(text -> new AssetTemplate(text.strip()).expand(named))
                .toList();
        return names.isEmpty() ? List.of(template.expand(named)) : names;
    }

    /** The version as upstream writes it in file names: {@code 31.0-rc1} as {@code 31.0-rc-1}. */
    public String versionInNames(String version) {
        String result = version;
        for (Map.Entry<String, String> word : versionWords.entrySet()) {
            if (!result.contains(word.getValue())) {
                result = result.replace(word.getKey(), word.getValue());
            }
        }
        return result;
    }
}
