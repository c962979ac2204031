package dev.chandlery.config;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How upstream names its files, with exceptions by platform.
 *
 * @param general for every platform without an exception
 * @param overrides by our platform name
 * @param versionWords text inside a version to what it becomes in file names, such as {@code -rc} to
 *     {@code -rc-}
 */
public record AssetTemplates(AssetTemplate general,
        SortedMap<PlatformName, AssetTemplate> overrides, SortedMap<String, String> versionWords) {

    public AssetTemplates {
        overrides = Collections.unmodifiableSortedMap(new TreeMap<>(overrides));
        versionWords = Collections.unmodifiableSortedMap(new TreeMap<>(versionWords));
    }

    public static AssetTemplates of(String general) {
        return new AssetTemplates(new AssetTemplate(general), new TreeMap<>(), new TreeMap<>());
    }

    /** The file's name at upstream for these values. */
    public String expand(TemplateValues values) {
        AssetTemplate template = overrides.getOrDefault(values.platform().name(), general);
        return template.expand(values.withVersion(versionInNames(values.version())));
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
