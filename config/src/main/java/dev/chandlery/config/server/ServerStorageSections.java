package dev.chandlery.config.server;

import dev.chandlery.config.server.ServerStorageSpec.Database;
import dev.chandlery.config.server.ServerStorageSpec.S3;
import dev.chandlery.config.server.ServerStorageSpec.S3Access;
import dev.chandlery.config.server.ServerStorageSpec.S3Keys;
import dev.chandlery.config.value.SecretReference;
import dev.chandlery.config.value.Texts;
import dev.chandlery.config.yaml.BooleanType;
import dev.chandlery.config.yaml.Key;
import dev.chandlery.config.yaml.NumberType;
import dev.chandlery.config.yaml.Section;
import dev.chandlery.config.yaml.TextType;
import dev.chandlery.config.yaml.TextType.References;
import dev.chandlery.config.yaml.Values;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code database} and {@code s3} of {@code registry_server}. */
public final class ServerStorageSections {
    private static final Pattern JDBC = Pattern.compile("jdbc:postgresql:[^\\s\\p{Cntrl}]+");
    /** Parameters of the driver that are credentials. */
    private static final Pattern CREDENTIALS = Pattern.compile(
            "[?&](user|password|sslpassword)=|@", Pattern.CASE_INSENSITIVE);
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern PREFIX = Pattern.compile("([A-Za-z0-9_.=-]{1,200}/){0,10}");
    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private static final Key<Database, String> URL = Key.required("url", TextType.plain()
            .with(References.EXPANDED)
            .withSchema("examples", List.of("jdbc:postgresql://db.example/chandlery")),
            "jdbc:postgresql://host[:port]/database[?parameters], without user and password",
            Database::url);
    private static final Key<Database, String> USERNAME = Key.optional("username", TextType.plain()
            .with(References.EXPANDED), "role that logs in; default: the driver's",
            Database::username);
    private static final Key<Database, SecretReference> DATABASE_PASSWORD = Key.optional("password",
            Texts.SECRET, "of username: ${env:NAME} or ${file:PATH}, never the password itself",
            Database::password);
    private static final Key<Database, Integer> CONNECTIONS = Key.of("connections", NumberType
            .whole(1, 200, "connections"), "most that one server opens at a time",
            Database::connections).or(10);

    public static final Section<Database> DATABASE_SECTION = new Section<>(List.of(URL, USERNAME,
            DATABASE_PASSWORD, CONNECTIONS), ServerStorageSections::database);

    private static final Key<S3, String> BUCKET_NAME = Key.required("bucket", TextType.of(
            text -> matching(BUCKET, text, "a bucket's name: 3 to 63 of a-z, 0-9, . and -"),
            text -> text).with(References.EXPANDED), "that is there already", S3::bucket);
    private static final Key<S3, String> PREFIX_TEXT = Key.of("prefix", TextType.of(
            ServerStorageSections::prefix, text -> text).with(References.EXPANDED),
            "in front of every key, such as registry/; a slash is added at its end", S3::prefix)
            .or("");
    private static final Key<S3, String> REGION_NAME = Key.of("region", TextType.of(
            text -> matching(REGION, text, "a region such as eu-central-1"), text -> text)
            .with(References.EXPANDED), "that requests are signed for", S3::region)
            .or("us-east-1");
    private static final Key<S3, URI> ENDPOINT = Key.optional("endpoint", ServerTexts.SERVICE,
            "of a service other than AWS", S3::endpoint);
    private static final Key<S3, Boolean> PATH_STYLE = Key.of("path_style", new BooleanType(),
            "whether the bucket is named in the path, as many services want it, not in the host",
            S3::pathStyle).or(false);
    private static final Key<S3, SecretReference> ACCESS_KEY = Key.optional("access_key",
            Texts.SECRET,
            "id of the key: ${env:NAME} or ${file:PATH}; default: what AWS's tools find",
            s3 -> s3.keys().map(S3Keys::access));
    private static final Key<S3, SecretReference> SECRET_KEY = Key.optional("secret_key",
            Texts.SECRET, "with access_key: ${env:NAME} or ${file:PATH}, never the key itself",
            s3 -> s3.keys().map(S3Keys::secret));

    static final Section<S3> S3_SECTION = new Section<>(List.of(BUCKET_NAME, PREFIX_TEXT,
            REGION_NAME,
            ENDPOINT, PATH_STYLE, ACCESS_KEY, SECRET_KEY), ServerStorageSections::bucket);

    private ServerStorageSections() {}

    private static Database database(Values values) {
        String url = values.find(URL)
                .orElseThrow(() -> values.invalid("url is missing: jdbc:postgresql://..."));
        // here, not while reading the text, whose messages would repeat a password in it
        if (CREDENTIALS.matcher(url).find()) {
            throw values.invalid(URL, "expected an address without credentials, which belong in"
                    + " username and password");
        }
        if (!JDBC.matcher(url).matches()) {
            throw values.invalid(URL, "expected an address such as"
                    + " jdbc:postgresql://db.example/chandlery");
        }
        if (values.has(DATABASE_PASSWORD) && !values.has(USERNAME)) {
            throw values.invalid(DATABASE_PASSWORD, "needs username");
        }
        return new Database(url, values.find(USERNAME), values.find(DATABASE_PASSWORD), values.get(
                CONNECTIONS));
    }

    private static S3 bucket(Values values) {
        String bucket = values.find(BUCKET_NAME)
                .orElseThrow(() -> values.invalid("bucket is missing"));
        return new S3(bucket, values.get(PREFIX_TEXT), values.get(REGION_NAME), new S3Access(values
                .find(ENDPOINT), values.get(PATH_STYLE), keys(values)));
    }

    private static Optional<S3Keys> keys(Values values) {
        if (!values.has(ACCESS_KEY) && !values.has(SECRET_KEY)) {
            return Optional.empty();
        }
        return Optional.of(new S3Keys(values.find(ACCESS_KEY)
                .orElseThrow(() -> values.invalid(SECRET_KEY, "needs access_key")), values.find(
                        SECRET_KEY)
                        .orElseThrow(() -> values.invalid(ACCESS_KEY, "needs secret_key"))));
    }

    private static String prefix(String text) {
        String folder = text.isEmpty() || text.endsWith("/") ? text : text + "/";
        boolean dots = List.of(folder.split("/", -1))
                .stream()
                .anyMatch(part -> part.equals(".") || part.equals(".."));
        if (dots) {
            throw new IllegalArgumentException("expected a prefix without . and ..");
        }
        return matching(PREFIX, folder, "a prefix such as registry/");
    }

    private static String matching(Pattern pattern, String text, String what) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("expected " + what);
        }
        return text;
    }
}
