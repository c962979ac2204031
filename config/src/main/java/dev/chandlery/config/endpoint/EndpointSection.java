package dev.chandlery.config.endpoint;

import dev.chandlery.config.server.ServerSpec;
import dev.chandlery.config.value.SecretReference;
import dev.chandlery.config.value.Texts;
import dev.chandlery.config.yaml.BooleanType;
import dev.chandlery.config.yaml.ChoiceType;
import dev.chandlery.config.yaml.Key;
import dev.chandlery.config.yaml.Reading;
import dev.chandlery.config.yaml.Section;
import dev.chandlery.config.yaml.TextType;
import dev.chandlery.config.yaml.TextType.References;
import dev.chandlery.config.yaml.Values;
import dev.chandlery.oci.Registry;
import dev.chandlery.oci.RepositoryName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code primary_registry}, and each of {@code backup_registries}. */
public final class EndpointSection {
    private static final Key<EndpointSpec, String> URL = Key.required("url", TextType.of(
            EndpointSection::address, text -> text).with(References.EXPANDED),
            "embedded, or [http://|https://]host[:port]; plain HTTP is the default on loopback only",
            EndpointSpec::url);
    private static final Key<EndpointSpec, RepositoryName> NAMESPACE = Key.optional("namespace",
            TextType.of(RepositoryName::new, RepositoryName::value).with(References.EXPANDED),
            "in front of every repository's name", EndpointSpec::namespace);
    private static final Key<EndpointSpec, Path> STORAGE = Key.of("storage", Texts.FOLDER,
            "folder of the embedded registry; default: chandlery/registry in $XDG_DATA_HOME",
            EndpointSpec::storage).orGet(EndpointSection::defaultStorage);
    private static final Key<EndpointSpec, Boolean> REQUIRED = Key.of("auth_required",
            new BooleanType(), "whether the registry wants a log in",
            EndpointSpec::authRequired).or(false);
    private static final Key<EndpointSpec, AuthMethod> METHOD = Key.of("auth_method",
            ChoiceType.of(AuthMethod.class), "where credentials come from",
            EndpointSpec::authMethod)
            .or(AuthMethod.DOCKER);
    private static final Key<EndpointSpec, String> USERNAME = Key.optional("username", TextType
            .plain()
            .with(References.EXPANDED), "with auth_method basic or token", spec -> spec.auth()
                    .username());
    private static final Key<EndpointSpec, SecretReference> PASSWORD = Key.optional("password",
            Texts.SECRET,
            "with auth_method basic or token: ${env:NAME} or ${file:PATH}, never the password itself",
            spec -> spec.auth().password());

    public static final Section<EndpointSpec> SECTION = new Section<>(List.of(URL, NAMESPACE,
            STORAGE,
            REQUIRED, METHOD, USERNAME, PASSWORD), EndpointSection::build);

    private EndpointSection() {}

    /** The registry inside our own programs, in the folder that is served. */
    public static EndpointSpec embedded(ServerSpec server, Reading reading) {
        return new EndpointSpec(EndpointSpec.EMBEDDED, Optional.empty(), new AuthSpec(false,
                AuthMethod.DOCKER, Optional.empty(), Optional.empty()), server.storage()
                        .folder()
                        .orElseGet(() -> defaultStorage(reading)));
    }

    private static EndpointSpec build(Values values) {
        String url = values.find(URL)
                .orElseThrow(() -> values.invalid(
                        "url is missing: embedded, or the host of a registry"));
        return new EndpointSpec(url, values.find(NAMESPACE), new AuthSpec(values.get(REQUIRED),
                values.get(METHOD), values.find(USERNAME), values.find(PASSWORD)), values.get(
                        STORAGE));
    }

    private static String address(String text) {
        String host = text.replaceFirst("^https?://", "");
        if (host.indexOf('@') >= 0) {
            throw new IllegalArgumentException(
                    "expected an address without credentials, which docker login keeps");
        }
        if (host.indexOf('/') >= 0) {
            throw new IllegalArgumentException(
                    "expected host[:port] without a path, which belongs in namespace");
        }
        if (!text.equals(EndpointSpec.EMBEDDED)) {
            Registry.parse(host);
        }
        return text;
    }

    private static Path defaultStorage(Reading reading) {
        Path data = reading.environment("XDG_DATA_HOME")
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElseGet(() -> Path.of(
                        reading.environment("HOME").orElse(System.getProperty("user.home")),
                        ".local",
                        "share"));
        return data.resolve("chandlery").resolve("registry");
    }
}
