package dev.chandlery.config.server;

import dev.chandlery.config.yaml.TextType;
import dev.chandlery.config.yaml.TextType.References;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Texts of {@code registry_server}. */
final class ServerTexts {
    private static final Pattern GLOB = Pattern.compile("[a-z0-9._/*-]{1,255}");
    private static final Pattern TAG_GLOB = Pattern.compile("[A-Za-z0-9_.*?-]{1,128}");
    private static final Pattern USER = Pattern.compile(
            "[^\\s\\p{Cntrl}:@,][^\\s\\p{Cntrl}:,]{0,254}");
    private static final Pattern NAME = Pattern.compile(
            "(\\*\\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+");
    private static final Pattern LITERAL = Pattern.compile(
            "[0-9a-f:.]*:[0-9a-f:.]*|\\d+(\\.\\d+){3}");
    private static final Pattern BITS = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final int MAX_NAME = 253;
    private static final int MAX_PORT = 65_535;

    static final TextType<ServerListenSpec> LISTEN = TextType.of(ServerListenSpec::parse,
            ServerListenSpec::toString)
            .with(References.EXPANDED)
            .withSchema("examples", List.of("127.0.0.1:5000", "[::1]:0"));

    static final TextType<URI> PUBLIC_URL = TextType.of(ServerTexts::publicUrl, URI::toString)
            .with(References.EXPANDED)
            .withSchema("format", "uri");

    /** An address, or a network as address and number of bits. */
    static final TextType<String> NETWORK = TextType.of(ServerTexts::network, text -> text)
            .withSchema("examples", List.of("10.0.0.0/8", "::1"));

    /** Address of a service, which may have a path. */
    static final TextType<URI> SERVICE = TextType.of(text -> webAddress(text,
            "query and credentials"), URI::toString)
            .with(References.EXPANDED)
            .withSchema("format", "uri");

    /** Host name or literal address in a certificate. */
    static final TextType<String> CERTIFIED = TextType.of(ServerTexts::certified, text -> text);

    static final TextType<String> REPOSITORIES = TextType.of(ServerTexts::repositories,
            text -> text).withSchema("pattern", "^[a-z0-9._/*-]{1,255}$");

    static final TextType<String> TAGS = TextType.of(text -> matching(TAG_GLOB, text,
            "a pattern of tags such as v*"), text -> text)
            .withSchema("pattern", "^[A-Za-z0-9_.*?-]{1,128}$");

    static final TextType<String> USER_NAME = TextType.of(text -> matching(USER, text,
            "a user's name"), text -> text);

    /** A user's name, or a group's after {@code @}. */
    static final TextType<String> WHO = TextType.of(ServerTexts::who, text -> text)
            .withSchema("examples", List.of("authenticated", "anonymous", "@builders"));

    private ServerTexts() {}

    private static URI publicUrl(String text) {
        URI uri = webAddress(text, "path, query and credentials, such as https://registry.example");
        if (!uri.getRawPath().isEmpty() && !uri.getRawPath().equals("/")) {
            throw new IllegalArgumentException("expected an https or http address without path,"
                    + " such as https://registry.example");
        }
        return URI.create(uri.getScheme() + "://" + uri.getRawAuthority());
    }

    private static URI webAddress(String text, String unwanted) {
        try {
            URI uri = URI.create(text);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            boolean bare = uri.getRawUserInfo() == null && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            if (web && bare && uri.getHost() != null && uri.getHost().length() <= MAX_NAME
                    && uri.getPort() <= MAX_PORT) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // told below, in our words
        }
        throw new IllegalArgumentException("expected an https or http address without " + unwanted);
    }

    private static String certified(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        boolean address = name.indexOf(':') >= 0 || NUMBERS.matcher(name).matches();
        // the length first: a pattern with repeated groups needs stack for each repetition
        if (name.length() <= MAX_NAME
                && (address ? isLiteral(name) : NAME.matcher(name).matches())) {
            return name;
        }
        throw new IllegalArgumentException(
                "expected a host name or an address, without port and brackets");
    }

    private static boolean isLiteral(String address) {
        try {
            return LITERAL.matcher(address).matches()
                    && InetAddress.ofLiteral(address).getAddress().length > 0;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static String network(String text) {
        String[] parts = text.toLowerCase(Locale.ROOT).split("/", 2);
        if (isLiteral(parts[0]) && (parts.length == 1 || isBits(parts[1], InetAddress.ofLiteral(
                parts[0]).getAddress().length * Byte.SIZE))) {
            return text.toLowerCase(Locale.ROOT);
        }
        throw new IllegalArgumentException(
                "expected an address or a network such as 10.0.0.0/8 or ::1");
    }

    private static boolean isBits(String text, int most) {
        return BITS.matcher(text).matches() && Integer.parseInt(text) <= most;
    }

    private static String repositories(String text) {
        if (!GLOB.matcher(text).matches() || text.contains("***") || text.startsWith("/")
                || text.endsWith("/") || text.contains("//")) {
            throw new IllegalArgumentException(
                    "expected a pattern of repository names such as team/** or public/*");
        }
        return text;
    }

    private static String who(String text) {
        String name = text.startsWith("@") ? text.substring(1) : text;
        matching(USER, name, "a user, a group such as @builders, authenticated or anonymous");
        return text;
    }

    private static String matching(Pattern pattern, String text, String what) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("expected " + what);
        }
        return text;
    }
}
