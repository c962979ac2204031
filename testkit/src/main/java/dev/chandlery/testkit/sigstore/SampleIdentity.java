package dev.chandlery.testkit.sigstore;

/**
 * What a certificate of a test says.
 *
 * @param subject URI or e-mail address
 * @param issuer of the identity
 * @param sourceRepository that a workflow ran for
 * @param forCode whether the certificate is for signing code
 */
public record SampleIdentity(String subject, String issuer, String sourceRepository,
        boolean forCode) {

    /** A workflow on GitHub of {@code owner/name}. */
    public static SampleIdentity workflow(String repository, String file, String ref) {
        return new SampleIdentity("https://github.com/" + repository + "/.github/workflows/" + file
                + "@" + ref, "https://token.actions.githubusercontent.com", "https://github.com/"
                        + repository, true);
    }

    public static SampleIdentity of(String subject, String issuer) {
        return new SampleIdentity(subject, issuer, "", true);
    }
}
