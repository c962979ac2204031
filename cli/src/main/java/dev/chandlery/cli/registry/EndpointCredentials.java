package dev.chandlery.cli.registry;

import dev.chandlery.config.AuthSpec;
import dev.chandlery.config.EndpointSpec;
import dev.chandlery.config.SecretReference;
import dev.chandlery.oci.Registry;
import dev.chandlery.oci.UnauthorizedException;
import dev.chandlery.oci.client.CredentialProvider;
import dev.chandlery.oci.client.Credentials;
import dev.chandlery.oci.client.DockerCredentialProvider;
import java.nio.file.Path;
import java.util.Map;

/**
 * Credentials of one registry as its {@code auth_method} says.
 *
 * @param spec of the registry
 * @param folder that references to files count from
 * @param environment that references to variables are looked up in
 */
record EndpointCredentials(EndpointSpec spec, Path folder, Map<String, String> environment)
        implements
        CredentialProvider {
    /** GitHub's registry takes any user name with a token. */
    private static final String TOKEN_USER = "token";

    @Override
    public Credentials credentials(Registry registry) {
        Credentials found = switch (spec.authMethod()) {
            case DOCKER -> DockerCredentialProvider.of(environment).credentials(registry);
            case GITHUB_TOKEN -> new Credentials.Password(TOKEN_USER, variable("GITHUB_TOKEN"));
            case BASIC -> basic(spec.auth());
            case ANONYMOUS -> Credentials.anonymous();
        };
        if (spec.authRequired() && found instanceof Credentials.Anonymous) {
            throw refused("auth_required is set and no credentials were found");
        }
        return found;
    }

    private Credentials basic(AuthSpec auth) {
        String user = auth.username().orElseThrow(() -> refused("username is missing"));
        SecretReference password = auth.password()
                .orElseThrow(() -> refused(
                        "password is missing"));
        try {
            return new Credentials.Password(user, new SecretTexts(environment, folder).read(
                    password));
        } catch (IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private String variable(String name) {
        try {
            return new SecretTexts(environment, folder).variable(name);
        } catch (IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private UnauthorizedException refused(String why) {
        return new UnauthorizedException("cannot log in to " + spec.url() + ": " + why);
    }

    /** Nothing of the environment. */
    @Override
    public String toString() {
        return "credentials of " + spec.url();
    }
}
