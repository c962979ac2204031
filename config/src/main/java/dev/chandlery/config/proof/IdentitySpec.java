package dev.chandlery.config.proof;

/**
 * Who must have signed, by a certificate of sigstore.
 *
 * @param subject an e-mail address or URI; a regular expression for all of it when {@code pattern}
 * @param pattern whether it is one
 * @param issuer OpenID Connect issuer that vouched for the subject
 */
public record IdentitySpec(String subject, boolean pattern, String issuer) {
    /** Vouches for the workflows of GitHub Actions. */
    public static final String GITHUB_ACTIONS = "https://token.actions.githubusercontent.com";
}
