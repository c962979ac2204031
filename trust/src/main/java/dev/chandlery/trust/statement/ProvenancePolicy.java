package dev.chandlery.trust.statement;

import dev.chandlery.oci.UntrustedContentException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What provenance must say. Members that are null are not asked for; the source repository always is.
 *
 * <p>A policy proves nothing by itself: the statement's signature must have been checked, by an identity
 * that is pinned too.
 *
 * @param sourceRepository such as {@code https://github.com/o/r} or {@code github.com/o/r}
 * @param workflow path, such as {@code .github/workflows/release.yml}
 * @param sourceRef such as {@code refs/tags/v1.2.3}; {@code *} at the end stands for the rest
 * @param builder URI, likewise
 */
public record ProvenancePolicy(String sourceRepository, @Nullable String workflow,
        @Nullable String sourceRef, @Nullable String builder) {

    /** Asks for the source repository only. */
    public static ProvenancePolicy ofSource(String sourceRepository) {
        return new ProvenancePolicy(sourceRepository, null, null, null);
    }

    /** Whether both name the same repository, however it is written. */
    public static boolean isSameSource(String one, String other) {
        return SourceUri.parse(one).isSame(SourceUri.parse(other));
    }

    public ProvenancePolicy withWorkflow(String path) {
        return new ProvenancePolicy(sourceRepository, path, sourceRef, builder);
    }

    public ProvenancePolicy withSourceRef(String ref) {
        return new ProvenancePolicy(sourceRepository, workflow, ref, builder);
    }

    public ProvenancePolicy withBuilder(String uri) {
        return new ProvenancePolicy(sourceRepository, workflow, sourceRef, uri);
    }

    /**
     * Requires that the statement is provenance that says all of it.
     *
     * @throws UntrustedContentException with expected and actual when it says otherwise
     * @throws dev.chandlery.oci.MalformedContentException when it is no provenance
     */
    public Provenance require(Statement statement, String what) {
        Provenance actual = Provenance.of(statement, what);
        if (!isSameSource(sourceRepository, actual.sourceRepository())) {
            throw differs(what, "source repository", sourceRepository, actual.sourceRepository());
        }
        check(what, "workflow", workflow, actual.workflowPath());
        check(what, "source ref", sourceRef, actual.sourceRef());
        check(what, "builder", builder, Optional.of(actual.builder()));
        return actual;
    }

    private static void check(String what, String member, @Nullable String expected,
            Optional<String> actual) {
        if (expected != null && actual.filter(text -> matches(expected, text)).isEmpty()) {
            throw differs(what, member, expected, actual.orElse("none"));
        }
    }

    private static boolean matches(String expected, String actual) {
        return expected.endsWith("*")
                ? actual.startsWith(expected.substring(0, expected.length() - 1))
                : actual.equals(expected);
    }

    private static UntrustedContentException differs(String what, String member, String expected,
            String actual) {
        return new UntrustedContentException("cannot trust provenance of " + what + ": expected "
                + member + " \"" + expected + "\", got \"" + actual + "\"");
    }
}
