package dev.chandlery.trust.sigstore;

import dev.chandlery.oci.MalformedContentException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Who must have signed: the subject alternative name and the issuer of a Fulcio certificate.
 *
 * @param subject a URI, such as of a workflow, or an e-mail address
 * @param issuer who vouched for the subject, an OpenID Connect issuer
 */
public record Identity(Match subject, Match issuer) {
    /** Of workflows on GitHub. */
    public static final String GITHUB_ISSUER = "https://token.actions.githubusercontent.com";

    /** Text, or a regular expression that must match all of it. */
    public sealed interface Match permits Exact, Regex {
        boolean matches(String actual);
    }

    /** That very text. */
    public record Exact(String text)
            implements
            Match {
        @Override
        public boolean matches(String actual) {
            return text.equals(actual);
        }

        @Override
        public String toString() {
            return "\"" + text + "\"";
        }
    }

    /** A regular expression for the whole text. */
    public record Regex(Pattern pattern)
            implements
            Match {
        /** Backtracking over hostile names ends with this many characters. */
        private static final int MAX_CHARACTERS = 1024;

        @Override
        public boolean matches(String actual) {
            return actual.length() <= MAX_CHARACTERS && pattern.matcher(actual).matches();
        }

        @Override
        public String toString() {
            return "/" + pattern + "/";
        }
    }

    /** Exactly this subject by exactly this issuer. */
    public static Identity exact(String subject, String issuer) {
        return new Identity(new Exact(subject), new Exact(issuer));
    }

    /**
     * A subject that the expression matches as a whole, by exactly this issuer.
     *
     * @throws MalformedContentException when it is no regular expression
     */
    public static Identity matching(String expression, String issuer) {
        try {
            return new Identity(new Regex(Pattern.compile(expression)), new Exact(issuer));
        } catch (PatternSyntaxException e) {
            throw new MalformedContentException("cannot read identity \"" + expression + "\": " + e
                    .getDescription(), e);
        }
    }

    /**
     * A workflow on GitHub, at any ref or at that one.
     *
     * @param workflow such as {@code owner/repository/.github/workflows/release.yml}
     * @param ref such as {@code refs/tags/v1.2.3}
     */
    public static Identity githubWorkflow(String workflow, @Nullable String ref) {
        String uri = "https://github.com/" + workflow + "@";
        return ref == null
                ? matching(Pattern.quote(uri) + ".+", GITHUB_ISSUER)
                : exact(uri + ref, GITHUB_ISSUER);
    }
}
