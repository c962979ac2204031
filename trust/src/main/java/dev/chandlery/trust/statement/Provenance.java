package dev.chandlery.trust.statement;

import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.json.Fields;
import dev.chandlery.trust.JsonDocument;
import java.util.Optional;
import java.util.Set;

/**
 * What SLSA provenance says about where something was built from, v0.2 and v1 alike.
 *
 * <p><b>Spec:</b> slsa.dev/provenance/v0.2 and /v1; build types of GitHub Actions.
 *
 * @param builder URI of the builder, such as {@code https://github.com/o/r/.github/workflows/w.yml@refs/tags/v1}
 * @param sourceRepository URI without {@code git+} and {@code .git}, such as {@code https://github.com/o/r}
 * @param sourceRef such as {@code refs/tags/v1}, where it is told
 * @param sourceCommit hexadecimal, where it is told
 * @param workflowPath in the repository, such as {@code .github/workflows/release.yml}, where it is told
 */
public record Provenance(String builder, String sourceRepository, Optional<String> sourceRef,
        Optional<String> sourceCommit, Optional<String> workflowPath) {

    private static final String V02 = "https://slsa.dev/provenance/v0.2";
    private static final Set<String> V1 = Set.of("https://slsa.dev/provenance/v1",
            "https://slsa.dev/provenance/v1.0", "https://slsa.dev/provenance/v1.1");

    /**
     * Reads the predicate of a statement.
     *
     * @throws MalformedContentException when it is no SLSA provenance of a known version
     */
    public static Provenance of(Statement statement, String what) {
        Fields predicate = JsonDocument.read(statement.predicate(), "provenance of " + what);
        if (statement.predicateType().equals(V02)) {
            return ofV02(predicate);
        }
        if (V1.contains(statement.predicateType())) {
            return ofV1(predicate);
        }
        throw new MalformedContentException("cannot read provenance of " + what
                + ": expected predicate type " + V02 + " or v1, got \"" + statement
                        .predicateType() + "\"");
    }

    private static Provenance ofV02(Fields predicate) {
        Fields source = require(require(predicate, "invocation"), "configSource");
        SourceUri uri = SourceUri.parse(source.requireText("uri"));
        Optional<String> commit = source.object("digest").flatMap(digest -> digest.text("sha1"));
        return new Provenance(require(predicate, "builder").requireText("id"), uri.repository(),
                uri.ref(), commit, source.text("entryPoint"));
    }

    private static Provenance ofV1(Fields predicate) {
        Fields definition = require(predicate, "buildDefinition");
        Fields parameters = require(definition, "externalParameters");
        String builder = require(require(predicate, "runDetails"), "builder").requireText("id");
        Optional<Fields> workflow = find(parameters, "workflow");
        Optional<Fields> dependency = gitDependency(definition);
        // A workflow names the repository that it belongs to; others name a source, or only dependencies.
        String uri = workflow.flatMap(w -> w.text("repository"))
                .or(() -> find(parameters, "source").flatMap(s -> s.text("uri")))
                .or(() -> dependency.flatMap(d -> d.text("uri")))
                .orElseThrow(() -> parameters.unexpected("workflow", "a source repository"));
        SourceUri source = SourceUri.parse(uri);
        return new Provenance(builder, source.repository(), workflow.flatMap(w -> w.text("ref"))
                .or(source::ref), dependency.flatMap(d -> d.object("digest"))
                        .flatMap(d -> d.text("gitCommit").or(() -> d.text("sha1"))),
                workflow.flatMap(w -> w.text("path")));
    }

    private static Optional<Fields> gitDependency(Fields definition) {
        return definition.objects("resolvedDependencies")
                .stream()
                .filter(dependency -> dependency.text("uri").filter(SourceUri::isGit).isPresent())
                .findFirst();
    }

    /** An object of that name; other build types may have a string there. */
    private static Optional<Fields> find(Fields fields, String name) {
        return fields.node().path(name).isObject() ? fields.object(name) : Optional.empty();
    }

    private static Fields require(Fields fields, String name) {
        return fields.object(name).orElseThrow(() -> fields.unexpected(name, "an object"));
    }
}
