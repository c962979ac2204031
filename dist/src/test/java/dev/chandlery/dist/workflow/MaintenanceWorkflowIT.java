package dev.chandlery.dist.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chandlery.oci.Digest;
import dev.chandlery.testkit.upstream.FlawedSite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the workflow's steps, as they stand in the YAML, against a registry and a site on this machine. */
class MaintenanceWorkflowIT {
    private final FlawedSite site = new FlawedSite();
    private final WorkflowFile workflow = WorkflowFile.read("registry-maintenance.yml");

    @TempDir
    Path folder;

    private Runner runner;

    @BeforeEach
    void setUp() throws IOException, InterruptedException {
        assumeTrue(WorkflowFilesTest.program("jq").isPresent(), "no jq on the path");
        runner = new Runner(folder).with("inputs.home", folder.resolve("home").toString())
                .with("inputs.config", "registry.yaml")
                .with("github.action_path", WorkflowFile.FOLDER.resolve("setup-chandlery")
                        .toString());
        Files.writeString(runner.work().resolve("registry.yaml"), """
                primary_registry: {url: embedded, namespace: test, storage: registry}
                cache: {local_cache_dir: cache}
                publishing:
                  retry_attempts: 0
                  tool_sources:
                    hello:
                      platforms: [linux-x86_64]
                      http:
                        url: "%1$s/hello/{version}/hello-{platform}"
                        versions: ["1.0"]
                        checksum_url: "%1$s/hello/{version}/SHA256SUMS"
                """.formatted(site.address()));
        release(FlawedSite.Fault.NONE);
        Runner.Ended installed = run("setup-chandlery/action.yml", "Install");
        assertThat(installed.outputs()).containsEntry("home", folder.resolve("home").toString());
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void setUpPutsProgramsOnThePath() throws IOException {
        assertThat(Files.readAllLines(folder.resolve("path"))).containsExactly(folder.resolve(
                "home/bin").toString(), WorkflowFile.FOLDER.resolve("bin").toString());
        assertThat(folder.resolve("env")).hasContent("CHANDLERY_CONFIG=" + runner.work()
                .resolve(
                        "registry.yaml"));
    }

    @Test
    void aWeekPublishesVerifiesCleansAndReports() throws IOException, InterruptedException {
        assertThat(run("Is the registry well?").outputs()).containsEntry("status", "healthy");
        assertThat(run("Tools of this run").outputs()).containsEntry("tools", "[\"hello\"]");

        runner.with("matrix.tool", "hello");
        Runner.Ended detected = run("New versions?");
        assertThat(detected.outputs()).containsEntry("pending", "true");
        assertThat(detected.summary()).contains("## Detected: hello", "linux-x86_64");
        assertThat(detected.annotations()).containsExactly(
                "::notice title=New versions::hello: there is something to publish");

        Runner.Ended published = run("Publish");
        assertThat(published.outputs()).containsEntry("published", "1");
        assertThat(published.summary()).contains("1 published, 0 up to date, 0 failed");
        assertThat(run("New versions?").outputs()).containsEntry("pending", "false");

        assertThat(run("Verify").summary()).startsWith("## Verified").contains("hello");
        assertThat(run("Clean up").log()).contains("Removed 0 files");
        Runner.Ended reported = run("Report");
        assertThat(reported.summary()).startsWith("# Tool registry:").contains("| hello | 1.0 |");
        assertThat(Path.of(reported.outputs().get("report"))).content().startsWith("<!DOCTYPE");
        assertThat(folder.resolve("temp/report/report.json")).isNotEmptyFile();
    }

    @Test
    void theReusableWorkflowPublishesAndReports() throws IOException, InterruptedException {
        runner.with("inputs.tool", "all")
                .with("inputs.dry-run", "false")
                .with("inputs.force", "false");
        WorkflowFile reusable = WorkflowFile.read("publish-tools.yml");
        assertThat(runner.run(reusable.step("Is the registry well?")).code()).isZero();
        assertThat(runner.run(reusable.step("New versions?")).outputs()).containsEntry("pending",
                "true");

        assertThat(runner.run(reusable.step("Publish")).outputs()).containsEntry("published", "1");

        assertThat(runner.run(reusable.step("Report")).summary()).contains("| hello | 1.0 |");
    }

    @Test
    void dryRunWritesNothing() throws IOException, InterruptedException {
        runner.with("inputs.dry-run || false", "true").with("matrix.tool", "hello");
        Runner.Ended published = run("Publish");
        assertThat(published.outputs()).containsEntry("published", "0");
        assertThat(published.annotations()).containsExactly(
                "::notice title=Dry run::all: nothing is published");
        assertThat(run("New versions?").outputs()).containsEntry("pending", "true");
        assertThat(run("Clean up").log()).contains("Would remove");
    }

    @Test
    void whatIsNotWhatItShouldBeFailsTheRunAndIsTold() throws IOException, InterruptedException {
        release(FlawedSite.Fault.FLIPPED);
        Runner.Ended published = runner.run(workflow.step("Publish"));
        assertThat(published.code()).isEqualTo(1);
        assertThat(published.outputs()).containsEntry("published", "0");
        assertThat(published.annotations()).isNotEmpty()
                .allSatisfy(line -> assertThat(line).startsWith("::error title=Publishing::"));
        assertThat(published.log()).contains("sha256:");
    }

    @Test
    void aRegistryThatIsAwayFailsTheFirstStep() throws IOException, InterruptedException {
        Path config = runner.work().resolve("registry.yaml");
        Files.writeString(config, Files.readString(config)
                .replace("url: embedded",
                        "url: \"127.0.0.1:1\""));
        Runner.Ended health = runner.run(workflow.step("Is the registry well?"));
        assertThat(health.code()).isEqualTo(1);
        assertThat(health.outputs()).containsEntry("status", "unhealthy");
        assertThat(health.annotations()).singleElement()
                .asString()
                .startsWith("::error title=Health::")
                .contains("127.0.0.1:1");
    }

    @Test
    void inputsAreNamesAndNotCommands() throws IOException, InterruptedException {
        for (String tool : List.of("x; touch pwned", "$(touch pwned)", "--config=/etc/passwd",
                "a\n::error::forged", "")) {
            runner.with("inputs.tool || 'all'", tool);
            Runner.Ended ended = runner.run(workflow.step("Publish"));
            if (tool.isEmpty()) {
                continue; // all
            }
            assertThat(ended.code()).as(tool).isEqualTo(2);
            assertThat(ended.annotations()).singleElement()
                    .asString()
                    .startsWith("::error title=Tool::expected a tool");
        }
        assertThat(runner.work().resolve("pwned")).doesNotExist();
        runner.with("inputs.tool || 'all'", "absent");
        assertThat(runner.run(workflow.step("Tools of this run")).code()).isEqualTo(2);
    }

    @Test
    void oneIssueIsOpenedAndClosedAgain() throws IOException, InterruptedException {
        Path checkout = runner.work().resolve("workflows");
        Files.createSymbolicLink(checkout, WorkflowFile.FOLDER);
        alert("true");
        assertThat(runner.asked()).contains("issue create --title Registry maintenance fails",
                "https://github.example/acme/tools/actions/runs/17");
        runner.open("41");
        alert("true");
        assertThat(runner.asked()).contains("issue comment 41");
        runner.with("inputs.tool || 'all'", "hello");
        alert("false");
        runner.with("inputs.tool || 'all'", "all").with("inputs.dry-run || false", "true");
        alert("false");
        assertThat(runner.asked()).as("a part of it, or a dry run, shows little")
                .doesNotContain("issue close");
        runner.with("inputs.dry-run || false", "false");
        alert("false");
        assertThat(runner.asked()).contains("issue close 41").containsOnlyOnce("issue create");
    }

    @Test
    void manyToolsAreDetectedInGroups() throws IOException, InterruptedException {
        StringBuilder tools = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            tools.append("""
                        tool-%03d: {platforms: [linux-x86_64], http: {url: "%s/t", versions: ["1"]}}
                    """.formatted(i, site.address()));
        }
        Path config = runner.work().resolve("registry.yaml");
        String text = Files.readString(config);
        Files.writeString(config, text.substring(0, text.indexOf("    hello:")) + tools);
        String list = run("Tools of this run").outputs().get("tools");
        List<String> groups = List.of(list.replaceAll("[\\[\\]]", "").split("\",\"", -1));
        assertThat(groups).hasSizeLessThanOrEqualTo(64);
        assertThat(String.join(",", groups).replace("\"", "").split(",", -1)).hasSize(500)
                .doesNotHaveDuplicates();
        runner.with("inputs.tool || 'all'", groups.getLast().replace("\"", ""));
        assertThat(run("Tools of this run").outputs().get("tools")).contains("tool-499");
    }

    @Test
    void aPathOfTwoLinesSetsNoVariables() throws IOException, InterruptedException {
        runner.with("inputs.config", "registry.yaml\nBASH_ENV=evil");
        Runner.Ended ended = runner.run(WorkflowFile.read("setup-chandlery/action.yml")
                .step(
                        "Install"));
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.annotations()).singleElement().asString().contains("paths of one line");
        assertThat(folder.resolve("env")).content().doesNotContain("evil");
    }

    @Test
    void aHomeFromTheRepositorysRootIsFoundFromEverywhere() throws Exception {
        runner.with("inputs.home", runner.work().relativize(folder.resolve("home")).toString());
        assertThat(run("setup-chandlery/action.yml", "Install").outputs()).containsEntry("home",
                folder.resolve("home").toString());
        assertThat(Files.readAllLines(folder.resolve("path"))).contains(folder.resolve("home/bin")
                .toString())
                .allMatch(line -> Path.of(line).isAbsolute());
    }

    private void alert(String failed) throws IOException, InterruptedException {
        runner.with("contains(needs.*.result, 'failure') || contains(needs.*.result, 'cancelled')",
                failed);
        run("Open or close the issue");
    }

    private Runner.Ended run(String step) throws IOException, InterruptedException {
        Runner.Ended ended = runner.run(workflow.step(step));
        assertThat(ended.code()).as(ended.log()).isZero();
        return ended;
    }

    private Runner.Ended run(String file, String step) throws IOException, InterruptedException {
        Runner.Ended ended = runner.run(WorkflowFile.read(file).step(step));
        assertThat(ended.code()).as(ended.log()).isZero();
        return ended;
    }

    private void release(FlawedSite.Fault fault) {
        byte[] script = "#!/bin/sh\necho hello\n".getBytes(StandardCharsets.UTF_8);
        site.put("/hello/1.0/hello-linux-x86_64", script, fault);
        site.put("/hello/1.0/SHA256SUMS", (Digest.ofBytes(script).encoded()
                + "  hello-linux-x86_64\n").getBytes(StandardCharsets.UTF_8));
    }
}
