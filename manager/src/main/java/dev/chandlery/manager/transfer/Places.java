package dev.chandlery.manager.transfer;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.registry.RegistryConnection.Access;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.config.endpoint.AuthMethod;
import dev.chandlery.config.endpoint.AuthSpec;
import dev.chandlery.config.endpoint.EndpointSpec;
import dev.chandlery.config.endpoint.RegistriesSpec;
import dev.chandlery.oci.InvalidReferenceException;
import dev.chandlery.oci.RepositoryName;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds registries as a command line names them.
 *
 * @param session of the command
 */
public record Places(Session session) {
    private static final String EMBEDDED_IN = EndpointSpec.EMBEDDED + ":";

    /**
     * The registry that a text names: {@code primary}, a backup by its url, host, or host and namespace,
     * {@code embedded[:FOLDER]}, or {@code [http[s]://]host[:port][/namespace]}. A host that registry.yaml
     * knows gets the credentials that it has there.
     *
     * @throws CommandException when it names none
     */
    public EndpointSpec endpoint(String text) {
        refuseLayout(text);
        RegistriesSpec registries = session.config().registries();
        try {
            Optional<EndpointSpec> named = registries.find(text);
            return named.isPresent() ? named.get() : parse(text, registries);
        } catch (IllegalArgumentException | InvalidReferenceException e) {
            throw new CommandException(ExitCode.USAGE, "cannot find registry " + text + ": " + e
                    .getMessage(),
                    "name primary, a backup registry, embedded[:FOLDER] or [http[s]://]host[:port][/namespace]");
        }
    }

    /** Other programs take layouts where they take registries. */
    private static void refuseLayout(String text) {
        LayoutName.insteadOfRegistry(text).ifPresent(file -> {
            throw new CommandException(ExitCode.USAGE, text + " is no registry but a layout",
                    "manager export --to " + file + " writes it, manager import " + file
                            + " copies it into a registry");
        });
    }

    /** The caller closes it. */
    public Place open(EndpointSpec endpoint, Access access) {
        return new RegistryPlace(label(endpoint), session.connect(endpoint, access), endpoint
                .namespace()
                .map(name -> name.value() + "/")
                .orElse(""));
    }

    /** Whether both are the same repositories. */
    public static boolean same(EndpointSpec one, EndpointSpec other) {
        return one.label().equals(other.label()) && (!one.embedded() || one.storage()
                .equals(other.storage()));
    }

    private static String label(EndpointSpec endpoint) {
        return endpoint.embedded()
                ? endpoint.label() + " (" + endpoint.storage() + ")"
                : endpoint.label();
    }

    private static EndpointSpec parse(String text, RegistriesSpec registries) {
        Path storage = registries.primary().storage();
        AuthSpec own = new AuthSpec(false, AuthMethod.DOCKER, Optional.empty(), Optional.empty());
        if (text.equals(EndpointSpec.EMBEDDED)) {
            return new EndpointSpec(text, Optional.empty(), own, storage);
        }
        if (text.startsWith(EMBEDDED_IN)) {
            Path folder = Path.of(text.substring(EMBEDDED_IN.length())).toAbsolutePath();
            return new EndpointSpec(EndpointSpec.EMBEDDED, Optional.empty(), own, folder
                    .normalize());
        }
        if (text.indexOf('@') >= 0) {
            throw new IllegalArgumentException(
                    "expected an address without credentials, which docker login keeps");
        }
        int host = text.indexOf("://") < 0 ? 0 : text.indexOf("://") + "://".length();
        int slash = text.indexOf('/', host);
        Optional<RepositoryName> namespace = slash < 0 || slash == text.length() - 1
                ? Optional.empty()
                : Optional.of(new RepositoryName(text.substring(slash + 1)));
        EndpointSpec found = new EndpointSpec(slash < 0 ? text : text.substring(0, slash),
                namespace, own, storage);
        return Stream.concat(Stream.of(registries.primary()), registries.backups().stream())
                .filter(known -> known.registry().equals(found.registry()) && known
                        .plainHttp() == found.plainHttp())
                .findFirst()
                .map(known -> new EndpointSpec(found.url(), namespace, known.auth(), storage))
                .orElse(found);
    }
}
