package dev.chandlery.config.value;

import dev.chandlery.config.yaml.Reading;
import dev.chandlery.config.yaml.TextType;
import dev.chandlery.config.yaml.TextType.References;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts that sections of several packages have. */
public final class Texts {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})([smhd])");

    /** Relative to the folder of the file; {@code ~/} is the user's home. */
    public static final TextType<Path> FOLDER = new TextType<>((text, reading) -> path(text,
            "folder", reading), Path::toString, References.EXPANDED, Map.of());

    /** Relative to the folder of registry.yaml; {@code ~/} is the user's home. */
    public static final TextType<Path> FILE = new TextType<>((text, reading) -> path(text, "file",
            reading), Path::toString, References.EXPANDED, Map.of());

    public static final TextType<SecretReference> SECRET = TextType.of(SecretReference::parse,
            SecretReference::toString).with(References.KEPT);

    public static final TextType<URI> WEB_ADDRESS = TextType.of(Texts::webAddress, URI::toString)
            .with(
                    References.EXPANDED)
            .withSchema("format", "uri");

    /** {@code 45s}, {@code 30m}, {@code 72h} or {@code 7d}. */
    public static final TextType<Duration> AGE = TextType.of(Texts::duration, Texts::text)
            .withSchema(
                    "pattern", "^\\d+[smhd]$");

    private Texts() {}

    private static Path path(String text, String what, Reading reading) {
        if (text.isBlank() || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("expected a " + what);
        }
        if (text.equals("~") || text.startsWith("~/")) {
            String home = reading.environment("HOME").orElse(System.getProperty("user.home"));
            return Path.of(home).resolve(text.substring(Math.min(2, text.length()))).normalize();
        }
        return reading.folder().resolve(text).normalize();
    }

    private static URI webAddress(String text) {
        try {
            URI uri = URI.create(text);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getRawUserInfo() == null) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // told below, in our words
        }
        throw new IllegalArgumentException("expected an https or http address without credentials");
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected a time such as 45s, 30m, 72h or 7d");
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    private static String text(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds + "s";
    }
}
