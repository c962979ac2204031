package dev.chandlery.config;

import dev.chandlery.config.yaml.TextType;

/** Texts of tools that several sections have. */
final class ToolTexts {
    static final TextType<AssetTemplate> TEMPLATE = TextType.of(AssetTemplate::new,
            AssetTemplate::text);

    static final TextType<PlatformName> PLATFORM = TextType.of(PlatformName::parse,
            PlatformName::value)
            .withSchema("examples", PlatformName.all()
                    .stream()
                    .map(
                            PlatformName::value)
                    .toList());

    /** With one {@code *}, which stands for the version. */
    static final TextType<ReleasePattern> PATTERN = TextType.of(ReleasePattern::new,
            ReleasePattern::glob).withSchema("pattern", "^[^*]*\\*[^*]*$");

    private ToolTexts() {}
}
