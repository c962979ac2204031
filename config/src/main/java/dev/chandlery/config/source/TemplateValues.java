package dev.chandlery.config.source;

/**
 * What the placeholders of an {@link AssetTemplate} become.
 *
 * @param version without prefix, such as {@code 31.1}
 * @param tag the release's name at upstream, such as {@code v31.1}
 * @param platform gives {@code {platform}}, {@code {os}}, {@code {arch}} and {@code {ext}}
 * @param asset the file name that a checksum belongs to; empty where there is none
 */
public record TemplateValues(String version, String tag, ToolPlatform platform, String asset) {

    public static TemplateValues of(String version, String tag, ToolPlatform platform) {
        return new TemplateValues(version, tag, platform, "");
    }

    /** These values, for what belongs to a file, such as its checksum. */
    public TemplateValues withAsset(String fileName) {
        return new TemplateValues(version, tag, platform, fileName);
    }

    TemplateValues withVersion(String other) {
        return new TemplateValues(other, tag, platform, asset);
    }
}
