package dev.chandlery.trust.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.UntrustedContentException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProvenanceTest {
    private static final String BUILDER =
            "https://github.com/slsa/generator/.github/workflows/g.yml@refs/tags/v2.0.0";
    private static final String V02 = """
            {"builder":{"id":"%s"},"buildType":"t","invocation":{"configSource":{
            "uri":"git+https://github.com/acme/tool@refs/tags/v1.2.3",
            "digest":{"sha1":"abc"},"entryPoint":".github/workflows/release.yml"}}}
            """.formatted(BUILDER);
    private static final String V1 = """
            {"buildDefinition":{"buildType":"t","externalParameters":{"workflow":{
            "ref":"refs/tags/v1.2.3","repository":"https://github.com/acme/tool",
            "path":".github/workflows/release.yml"}},"resolvedDependencies":[{
            "uri":"git+https://github.com/acme/tool@refs/tags/v1.2.3","digest":{"gitCommit":"abc"}}]},
            "runDetails":{"builder":{"id":"%s"}}}
            """.formatted(BUILDER);
    private static final String SOURCE = """
            {"buildDefinition":{"externalParameters":{"workflow":"a text","source":{
            "uri":"git+https://github.com/acme/tool@refs/tags/v1.2.3"}}},
            "runDetails":{"builder":{"id":"%s"}}}
            """.formatted(BUILDER);

    private static Statement statement(String version, String predicate) {
        return new Statement(List.of(Subject.of("a", Bytes.ofUtf8("a").digest())),
                "https://slsa.dev/provenance/" + version, Bytes.ofUtf8(predicate));
    }

    static List<Statement> statements() {
        return List.of(statement("v0.2", V02), statement("v1", V1));
    }

    @ParameterizedTest
    @MethodSource("statements")
    void readsBothVersions(Statement statement) {
        Provenance provenance = Provenance.of(statement, "p");
        assertThat(provenance.builder()).isEqualTo(BUILDER);
        assertThat(provenance.sourceRepository()).isEqualTo("https://github.com/acme/tool");
        assertThat(provenance.sourceRef()).contains("refs/tags/v1.2.3");
        assertThat(provenance.sourceCommit()).contains("abc");
        assertThat(provenance.workflowPath()).contains(".github/workflows/release.yml");
    }

    @Test
    void takesTheSourceOfOtherBuildTypes() {
        Provenance provenance = Provenance.of(statement("v1", SOURCE), "p");
        assertThat(provenance.sourceRepository()).isEqualTo("https://github.com/acme/tool");
        assertThat(provenance.sourceRef()).contains("refs/tags/v1.2.3");
        assertThat(provenance.workflowPath()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://github.com/acme/tool", "github.com/acme/tool",
            "git+https://github.com/Acme/Tool.git", "https://github.com/acme/tool/"})
    void pinsTheSource(String repository) {
        ProvenancePolicy policy = ProvenancePolicy.ofSource(repository)
                .withWorkflow(
                        ".github/workflows/release.yml")
                .withSourceRef("refs/tags/v*")
                .withBuilder(
                        "https://github.com/slsa/generator/*");
        for (Statement statement : statements()) {
            assertThat(policy.require(statement, "p").sourceCommit()).contains("abc");
        }
    }

    @ParameterizedTest
    @CsvSource({"https://github.com/evil/tool,,,,source repository",
            "https://github.com/acme/tool2,,,,source repository",
            "https://gitlab.com/acme/tool,,,,source repository",
            "https://github.com/acme/tool,ci.yml,,,workflow",
            "https://github.com/acme/tool,,refs/tags/v1,,source ref",
            "https://github.com/acme/tool,,,https://github.com/slsa/generator/,builder"})
    void saysWhatDiffers(String source, String workflow, String ref, String builder,
            String member) {
        ProvenancePolicy policy = new ProvenancePolicy(source, workflow, ref, builder);
        for (Statement statement : statements()) {
            assertThatThrownBy(() -> policy.require(statement, "p")).isInstanceOf(
                    UntrustedContentException.class)
                    .hasMessageContaining("expected " + member
                            + " \"");
        }
    }

    @Test
    void doesNotTakeAbsenceForAgreement() {
        assertThatThrownBy(() -> ProvenancePolicy.ofSource("https://github.com/acme/tool")
                .withWorkflow("w.yml")
                .require(statement("v1", SOURCE), "p"))
                .isInstanceOf(UntrustedContentException.class)
                .hasMessageContaining("expected workflow \"w.yml\", got \"none\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"v0.2|{}", "v1|{}", "v0.1|{}",
            "v1|{\"buildDefinition\":1}",
            "v1|{\"buildDefinition\":{\"externalParameters\":{}},\"runDetails\":{\"builder\":{\"id\":\"b\"}}}"})
    void refusesWhatIsNoProvenance(String version, String predicate) {
        assertThatThrownBy(() -> Provenance.of(statement(version, predicate), "p")).isInstanceOf(
                MalformedContentException.class);
    }
}
