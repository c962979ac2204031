package dev.chandlery.config.source;

import dev.chandlery.config.yaml.TextType;

/** Types of texts that several sections of a tool have. */
public final class ToolTexts {
    public static final TextType<AssetTemplate> TEMPLATE = TextType.of(AssetTemplate::new,
            AssetTemplate::text);

    public static final TextType<PlatformName> PLATFORM = TextType.of(PlatformName::parse,
            PlatformName::value)
            .withSchema("examples", PlatformName.all()
                    .stream()
                    .map(
                            PlatformName::value)
                    .toList());

    /** With one {@code *}, which stands for the version. */
    public static final TextType<ReleasePattern> PATTERN = TextType.of(ReleasePattern::new,
            ReleasePattern::glob).withSchema("pattern", "^[^*]*\\*[^*]*$");

    private ToolTexts() {}

    /**
     * The text, when it is an owner and a repository of GitHub.
     *
     * @throws IllegalArgumentException when it is not
     */
    public static String ownerAndName(String text) {
        if (!text.matches("[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}")) {
            throw new IllegalArgumentException("expected owner/repository");
        }
        return text;
    }
}
