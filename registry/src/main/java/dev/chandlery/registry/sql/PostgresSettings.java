package dev.chandlery.registry.sql;

import dev.chandlery.oci.InvalidReferenceException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which PostgreSQL database to use, as whom.
 *
 * @param url {@code jdbc:postgresql://host:port/database}, with the driver's parameters; without secrets
 * @param user name of the role, empty for the driver's choice
 * @param password of the role, empty for none
 * @param poolSize most connections that are open at a time
 */
public record PostgresSettings(String url, String user, String password, int poolSize) {
    public static final int DEFAULT_POOL_SIZE = 16;

    private static final String JDBC = "jdbc:";
    private static final Pattern URL = Pattern.compile("postgres(?:ql)?://"
            + "(?:(?<user>[^:@/?]*)(?::(?<password>[^@/?]*))?@)?(?<server>[^@]+)");

    public PostgresSettings {
        Objects.requireNonNull(user);
        Objects.requireNonNull(password);
        if (!url.startsWith(JDBC + "postgresql:") || poolSize < 1) {
            throw new InvalidReferenceException("database", "(not shown)",
                    "expected jdbc:postgresql://HOST/DATABASE and at least one connection");
        }
    }

    /**
     * From what people write: {@code postgresql://user:password@host:port/database}, also with the
     * scheme {@code postgres}, or a JDBC URL.
     *
     * @throws InvalidReferenceException when it is neither; without the text, as it may have a password
     */
    public static PostgresSettings parse(String text) {
        String plain = text.startsWith(JDBC) ? text.substring(JDBC.length()) : text;
        Matcher url = URL.matcher(plain);
        if (!url.matches()) {
            throw new InvalidReferenceException("database", "(not shown)",
                    "expected postgresql://USER:PASSWORD@HOST:PORT/DATABASE");
        }
        return new PostgresSettings(JDBC + "postgresql://" + url.group("server"), decode(url.group(
                "user")), decode(url.group("password")), DEFAULT_POOL_SIZE);
    }

    /** Where it is, without login and parameters: what messages may show. */
    public String place() {
        int query = url.indexOf('?');
        return url.substring(JDBC.length(), query < 0 ? url.length() : query);
    }

    @Override
    public String toString() {
        return "PostgresSettings[" + place() + ", poolSize=" + poolSize + "]";
    }

    private static String decode(@Nullable String text) {
        return text == null
                ? ""
                : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
