package dev.chandlery.dist.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Workflows take nothing that may change, give no step more than it needs, and run text as text only. */
class WorkflowFilesTest {

    @TempDir
    Path folder;

    static List<WorkflowFile> files() {
        return WorkflowFile.all();
    }

    @ParameterizedTest
    @MethodSource("files")
    void actionsArePinnedByCommit(WorkflowFile file) {
        assertThat(file.steps()).isNotEmpty()
                .filteredOn(step -> !step.uses().isEmpty())
                .allSatisfy(step -> assertThat(step.uses()).matches(
                        "\\./.+|[a-z-]+/[a-z-]+@[0-9a-f]{40}"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void commandsHaveNoExpressionsInThem(WorkflowFile file) {
        assertThat(file.steps()).allSatisfy(step -> assertThat(step.run()).as(step.name())
                .doesNotContain("${{"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void jobsHaveTheirOwnPermissionsTimeAndTurn(WorkflowFile file) {
        if (file.jobs().isEmpty()) {
            return; // an action
        }
        assertThat(file.root().get("permissions")).isEqualTo(Map.of());
        assertThat(file.root().containsKey("concurrency")).isTrue();
        file.jobs().values().forEach(node -> {
            Map<?, ?> job = WorkflowFile.map(node);
            assertThat(job.containsKey("timeout-minutes")).isTrue();
            assertThat(WorkflowFile.map(job.get("permissions"))
                    .values()
                    .stream()
                    .map(
                            Object::toString)).isNotEmpty().isSubsetOf("read", "write");
        });
    }

    @Test
    void onlyPublishingMayWritePackagesAndOnlyTheAlertIssues() {
        WorkflowFile.read("registry-maintenance.yml").jobs().forEach((name, node) -> {
            Map<?, ?> permissions = WorkflowFile.map(WorkflowFile.map(node).get("permissions"));
            assertThat("write".equals(permissions.get("packages"))).isEqualTo(name.equals(
                    "publish"));
            assertThat("write".equals(permissions.get("id-token"))).as("asks the registry")
                    .isEqualTo(!name.equals("alert"));
            assertThat("write".equals(permissions.get("issues"))).isEqualTo(name.equals("alert"));
            assertThat(permissions.get("contents")).isEqualTo("read");
        });
    }

    @Test
    void maintenanceRunsMondaysAtSixAndByHand() throws IOException {
        String text = Files.readString(WorkflowFile.FOLDER.resolve("registry-maintenance.yml"));
        assertThat(text).contains("cron: '0 6 * * 1'", "workflow_dispatch:", "workflow_call:",
                "      tool:", "      dry-run:", "      force:");
    }

    @Test
    void linterFindsNothing() throws IOException, InterruptedException {
        Optional<Path> linter = program("actionlint");
        assumeTrue(linter.isPresent(), "no actionlint on the path: go install builds it");
        List<String> command = new ArrayList<>(List.of(linter.orElseThrow().toString(),
                "-no-color"));
        for (String name : List.of("registry-maintenance.yml", "publish-tools.yml")) {
            command.add(WorkflowFile.FOLDER.resolve(name).toString());
        }
        assertThat(run(command)).isEmpty();
    }

    @Test
    void shellScriptsAreSound() throws IOException, InterruptedException {
        Path script = WorkflowFile.FOLDER.resolve("bin/maintenance");
        assertThat(run(List.of("bash", "-n", script.toString()))).isEmpty();
        Optional<Path> checker = program("shellcheck");
        assumeTrue(checker.isPresent(), "no shellcheck on the path");
        assertThat(run(List.of(checker.orElseThrow().toString(), script.toString()))).isEmpty();
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process.waitFor();
        return Files.readString(log);
    }

    static Optional<Path> program(String name) {
        Stream<Path> folders = Stream.of(System.getenv("PATH")
                .split(java.io.File.pathSeparator, -1))
                .map(Path::of);
        Path inGo = Path.of(System.getProperty("user.home"), "go", "bin");
        return Stream.concat(folders, Stream.of(inGo))
                .map(place -> place.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
