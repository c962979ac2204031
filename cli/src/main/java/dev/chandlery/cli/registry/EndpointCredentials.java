package dev.chandlery.cli.registry;

import dev.chandlery.config.endpoint.AuthMethod;
import dev.chandlery.config.endpoint.AuthSpec;
import dev.chandlery.config.endpoint.EndpointSpec;
import dev.chandlery.config.value.SecretReference;
import dev.chandlery.oci.Registry;
import dev.chandlery.oci.UnauthorizedException;
import dev.chandlery.oci.client.auth.CredentialProvider;
import dev.chandlery.oci.client.auth.Credentials;
import dev.chandlery.oci.client.auth.DockerCredentialProvider;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Credentials of one registry as its {@code auth_method} says.
 *
 * @param spec of the registry
 * @param folder that references to files count from
 * @param environment that references to variables are looked up in
 * @param ecr gives the tokens of Amazon's registries
 */
record EndpointCredentials(EndpointSpec spec, Path folder, Map<String, String> environment,
        CredentialProvider ecr)
        implements
        CredentialProvider {
    /** GitHub's registry takes any user name with a token. */
    private static final String TOKEN_USER = "token";

    @Override
    public Credentials credentials(Registry registry) {
        Credentials found = switch (spec.authMethod()) {
            case DOCKER -> DockerCredentialProvider.of(environment).credentials(registry);
            case GITHUB_TOKEN -> new Credentials.Password(TOKEN_USER, variable("GITHUB_TOKEN"));
            case GITLAB_TOKEN -> isSet("CI_JOB_TOKEN")
                    ? new Credentials.Password("gitlab-ci-token", variable("CI_JOB_TOKEN"))
                    : new Credentials.Password("oauth2", variable("GITLAB_TOKEN"));
            case TOKEN -> password(spec.auth().username().orElse(TOKEN_USER), spec.auth());
            case ECR -> ecr.credentials(registry);
            case BASIC -> basic(spec.auth());
            case ANONYMOUS -> Credentials.anonymous();
        };
        if (spec.authRequired() && found instanceof Credentials.Anonymous) {
            throw refused("auth_required is set and no credentials were found");
        }
        return found;
    }

    @Override
    public Optional<Credentials> renewed(Registry registry, Credentials refused) {
        return spec.authMethod() == AuthMethod.ECR
                ? ecr.renewed(registry, refused)
                : Optional.empty();
    }

    private Credentials basic(AuthSpec auth) {
        return password(auth.username().orElseThrow(() -> refused("username is missing")), auth);
    }

    private Credentials password(String user, AuthSpec auth) {
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

    /** Of the variable, or of the file that the variable with {@code _FILE} behind its name names. */
    private String variable(String name) {
        SecretTexts texts = new SecretTexts(environment, folder);
        try {
            return !isSet(name) && isSet(name + "_FILE")
                    ? texts.file(texts.variable(name + "_FILE"))
                    : texts.variable(name);
        } catch (IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private boolean isSet(String name) {
        return !environment.getOrDefault(name, "").isBlank();
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
