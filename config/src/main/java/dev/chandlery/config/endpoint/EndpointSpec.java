package dev.chandlery.config.endpoint;

import dev.chandlery.oci.Registry;
import dev.chandlery.oci.RepositoryName;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A registry that is published to or read from.
 *
 * @param url {@code embedded}, or {@code [http://|https://]host[:port]}
 * @param namespace in front of every repository's name
 * @param auth credentials
 * @param storage folder of the embedded registry, absolute
 */
public record EndpointSpec(String url, Optional<RepositoryName> namespace, AuthSpec auth,
        Path storage) {

    /** The url of the registry that runs inside our own programs. */
    public static final String EMBEDDED = "embedded";

    private static final String HTTP = "http://";
    private static final String HTTPS = "https://";

    /** @throws dev.chandlery.oci.InvalidReferenceException when url is not a registry's address */
    public EndpointSpec {
        if (!url.equals(EMBEDDED)) {
            Registry.parse(address(url));
        }
    }

    /** Whether this is the registry that runs inside our own programs. */
    public boolean embedded() {
        return url.equals(EMBEDDED);
    }

    /** The address; empty when embedded. */
    public Optional<Registry> registry() {
        return embedded() ? Optional.empty() : Optional.of(Registry.parse(address(url)));
    }

    /** Whether HTTP is spoken without TLS: as the url's scheme says, else only on loopback. */
    public boolean plainHttp() {
        if (url.startsWith(HTTP) || url.startsWith(HTTPS)) {
            return url.startsWith(HTTP);
        }
        return registry().map(Registry::isLoopback).orElse(true);
    }

    public boolean authRequired() {
        return auth.required();
    }

    public AuthMethod authMethod() {
        return auth.method();
    }

    /** A repository under this registry's namespace, such as {@code acme/tools/protoc}. */
    public RepositoryName repository(String components) {
        return namespace.map(name -> name.resolve(components))
                .orElseGet(() -> new RepositoryName(components));
    }

    /** Host, port and namespace, as messages name the registry: {@code ghcr.io/acme}. */
    public String label() {
        return withNamespace(address(url));
    }

    /** The same with the url as it is written: {@code https://ghcr.io/acme}. */
    public String address() {
        return withNamespace(url);
    }

    private String withNamespace(String host) {
        return namespace.map(name -> host + "/" + name.value()).orElse(host);
    }

    private static String address(String url) {
        String rest = url.startsWith(HTTP) ? url.substring(HTTP.length()) : url;
        return rest.startsWith(HTTPS) ? rest.substring(HTTPS.length()) : rest;
    }
}
