package dev.chandlery.upstream.npm;

import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.UnauthorizedException;
import dev.chandlery.oci.UnsupportedFeatureException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Registry and tokens as npm's own client takes them: environment ({@code npm_config_registry}), the
 * project's {@code .npmrc} beside registry.yaml, the user's, and what an installed client answers.
 */
public final class NpmSettings {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
    private static final String PREFIX = "npm_config_";

    private final SortedMap<String, String> values;
    private final Map<String, String> environment;

    private NpmSettings(SortedMap<String, String> values, Map<String, String> environment) {
        this.values = values;
        this.environment = environment;
    }

    /**
     * Reads the files.
     *
     * @param config registry.yaml, whose folder may have an {@code .npmrc}
     */
    public static NpmSettings read(Path config, Map<String, String> environment) {
        SortedMap<String, String> values = new TreeMap<>();
        String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        Path user = find(environment, "userconfig").map(Path::of).orElse(Path.of(home, ".npmrc"));
        // The first file that has a key wins.
        Stream.of(config.resolveSibling(".npmrc"), user)
                .forEach(file -> load(file, environment,
                        values));
        return new NpmSettings(values, environment);
    }

    /**
     * Where a package comes from; with a slash at the end.
     *
     * @throws UnsupportedFeatureException when no registry is configured and no client is installed
     */
    public URI registry(String packageName) {
        String scope = packageName.startsWith("@")
                ? packageName.substring(0, packageName.indexOf(
                        '/'))
                : "";
        String found = Optional.ofNullable(scope.isEmpty() ? null : values.get(scope + ":registry"))
                .or(() -> find(environment, "registry"))
                .or(() -> Optional.ofNullable(values.get("registry")))
                .or(() -> NpmClient.registry(environment))
                .orElseThrow(() -> new UnsupportedFeatureException("cannot find npm package "
                        + packageName + ": no npm registry is set up; set registry in .npmrc, or "
                        + "npm_config_registry"));
        try {
            return URI.create(found.endsWith("/") ? found : found + "/");
        } catch (IllegalArgumentException _) {
            throw new UnsupportedFeatureException("cannot find npm package " + packageName
                    + ": the npm registry that is set up is no address");
        }
    }

    /** The value of the {@code Authorization} header for an address; of the longest entry that fits. */
    public Optional<String> authorization(URI uri) {
        String place = "//" + uri.getRawAuthority() + uri.getRawPath();
        return values.keySet()
                .stream()
                .map(NpmSettings::folder)
                .filter(folder -> folder.startsWith("//") && folder.endsWith("/"))
                .filter(place::startsWith)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .flatMap(folder -> header(folder).stream())
                .findFirst();
    }

    private Optional<String> header(String folder) {
        Optional<String> token = Optional.ofNullable(values.get(folder + ":_authToken"));
        if (token.isPresent()) {
            return token.map(value -> "Bearer " + value);
        }
        Optional<String> basic = Optional.ofNullable(values.get(folder + ":_auth"));
        if (basic.isPresent()) {
            return basic.map(value -> "Basic " + value);
        }
        String user = values.get(folder + ":username");
        String password = values.get(folder + ":_password");
        if (user == null || password == null) {
            return Optional.empty();
        }
        byte[] pair = (user + ":" + decode(password)).getBytes(StandardCharsets.UTF_8);
        return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
    }

    private static String decode(String password) {
        try {
            return new String(Base64.getDecoder().decode(password), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw new UnauthorizedException(
                    "cannot log in to npm: _password in .npmrc is not base64");
        }
    }

    /** Of {@code //host/path/:_authToken}: what is in front of the last colon. */
    private static String folder(String key) {
        return key.substring(0, Math.max(0, key.lastIndexOf(':')));
    }

    private static void load(Path file, Map<String, String> environment,
            SortedMap<String, String> into) {
        if (!Files.isReadable(file)) {
            return;
        }
        try {
            for (String line : Files.readAllLines(file)) {
                int equals = line.indexOf('=');
                boolean comment = line.startsWith("#") || line.startsWith(";");
                if (equals > 0 && !comment) {
                    into.putIfAbsent(line.substring(0, equals).strip(), expand(unquoted(line
                            .substring(equals + 1)
                            .strip()), environment));
                }
            }
        } catch (IOException e) {
            throw new StorageException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private static String expand(String text, Map<String, String> environment) {
        return VARIABLE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(environment
                        .getOrDefault(found.group(1), "")));
    }

    private static Optional<String> find(Map<String, String> environment, String key) {
        return List.of(PREFIX + key, (PREFIX + key).toUpperCase(Locale.ROOT))
                .stream()
                .map(
                        environment::get)
                .filter(value -> value != null && !value.isEmpty())
                .findFirst();
    }
}
