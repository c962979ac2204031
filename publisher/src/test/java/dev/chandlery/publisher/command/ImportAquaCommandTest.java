package dev.chandlery.publisher.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.cli.Console;
import dev.chandlery.cli.Program;
import dev.chandlery.config.ConfigLoader;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.source.GithubSourceSpec;
import dev.chandlery.config.source.TemplateValues;
import dev.chandlery.config.tool.ToolSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportAquaCommandTest {
    private static final String COMMIT = "4d86e12d6fd055583d34fa3b9eefc28e7166ae59";

    @TempDir
    Path folder;

    private record Outcome(int code, String out, String err) {}

    private Outcome run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = Console.plain(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), Map.of("HOME", folder
                        .toString()));
        String[] all = Stream.concat(Stream.of("import", "aqua"), Stream.of(arguments))
                .toArray(String[]::new);
        int code = new Program(console, PublishCommand.class).run(all);
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(
                StandardCharsets.UTF_8));
    }

    /** A checkout with these packages of the definitions that tests have. */
    private Path checkout(String... packages) throws Exception {
        Path all = Path.of(Objects.requireNonNull(getClass().getResource(
                "/aqua/definitions.yaml")).toURI());
        String text = Files.readString(all);
        Path root = Files.createDirectories(folder.resolve("aqua"));
        Files.createDirectories(root.resolve(".git"));
        Files.writeString(root.resolve(".git/HEAD"), COMMIT + "\n");
        Files.writeString(root.resolve("LICENSE"),
                "MIT License\n\nCopyright (c) 2021 the registry's authors\n");
        for (String named : packages) {
            String[] parts = named.split("@", 2);
            Path file = root.resolve("pkgs").resolve(parts[0]).resolve("registry.yaml");
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            Files.writeString(file.resolveSibling("pkg.yaml"), "packages:\n  - name: " + parts[0]
                    + "@" + parts[1] + "\n");
        }
        return root;
    }

    private Path definition(String name, String yaml) throws IOException {
        Path root = folder.resolve("aqua");
        Path file = root.resolve("pkgs").resolve(name).resolve("registry.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "packages:\n" + yaml.indent(2));
        return root;
    }

    private ToolSpec tool(String yaml, String name) throws IOException {
        Path file = folder.resolve("loaded.yaml");
        Files.writeString(file, "primary_registry: {url: embedded}\n" + yaml);
        ConfigSpec config = ConfigLoader.load(file, Map.of());
        return Objects.requireNonNull(config.publishing().tools().get(name));
    }

    private static List<String> names(ToolSpec tool, String version, String tag) {
        GithubSourceSpec source = (GithubSourceSpec) tool.source();
        return tool.platforms()
                .stream()
                .map(platform -> source.assets().expand(TemplateValues.of(version, tag, platform)))
                .toList();
    }

    @Test
    void printsAnEntryThatLoadsAndNamesTheFiles() throws Exception {
        Outcome outcome = run("protocolbuffers/protobuf/protoc", "--from", checkout(
                "protocolbuffers/protobuf/protoc@v31.1").toString());

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("# aqua: protocolbuffers/protobuf/protoc@v31.1 at "
                + COMMIT).contains("MIT License, Copyright (c) 2021 the registry's authors");
        ToolSpec protoc = tool(outcome.out(), "protoc");
        assertThat(names(protoc, "31.1", "v31.1")).contains("protoc-31.1-linux-aarch_64.zip",
                "protoc-31.1-osx-aarch_64.zip", "protoc-31.1-win64.zip");
        assertThat(outcome.err()).contains("1 imported");
    }

    @Test
    void readsPrefixesWordsOverridesAndChecksums() throws Exception {
        Path root = checkout("jqlang/jq@jq-1.8.1", "BurntSushi/ripgrep@15.1.0",
                "bojand/ghz@v0.121.0");

        Outcome outcome = run("jqlang/jq", "BurntSushi/ripgrep", "bojand/ghz", "--from", root
                .toString());

        ToolSpec jq = tool(outcome.out(), "jq");
        assertThat(jq.releases().pattern().glob()).isEqualTo("jq-*");
        assertThat(names(jq, "1.8.1", "jq-1.8.1")).contains("jq-macos-arm64", "jq-linux-amd64",
                "jq-windows-amd64.exe");
        assertThat(jq.content().emulated()).extracting(Object::toString)
                .containsExactly("windows-arm64");
        ToolSpec ripgrep = tool(outcome.out(), "ripgrep");
        assertThat(names(ripgrep, "15.1.0", "15.1.0")).contains(
                "ripgrep-15.1.0-aarch64-unknown-linux-gnu.tar.gz",
                "ripgrep-15.1.0-x86_64-pc-windows-msvc.zip");
        assertThat(ripgrep.content().binaries()).containsExactly("rg");
        ToolSpec ghz = tool(outcome.out(), "ghz");
        assertThat(((GithubSourceSpec) ghz.source()).checksumAsset().orElseThrow().text())
                .isEqualTo("{asset}.sha256");
        assertThat(outcome.err()).contains("darwin-arm64: takes the file of another machine");
    }

    @Test
    void theVersionChoosesTheOverride() throws Exception {
        Path root = checkout("bufbuild/buf@v1.72.0");

        ToolSpec old = tool(run("bufbuild/buf", "--from", root.toString(), "--version", "v1.28.1")
                .out(), "buf");
        ToolSpec now = tool(run("bufbuild/buf", "--from", root.toString(), "--version", "v1.66.0")
                .out(), "buf");

        assertThat(names(old, "1.28.1", "v1.28.1")).contains("buf-Windows-x86_64.exe");
        assertThat(names(now, "1.66.0", "v1.66.0")).contains("buf-Windows-x86_64.zip");
    }

    @Test
    void carriesSignaturesProvenanceAndAttestationsOver() throws Exception {
        Path root = checkout("bufbuild/buf@v1.66.0", "jqlang/jq@jq-1.8.1",
                "grpc-ecosystem/grpc-gateway/protoc-gen-openapiv2@v2.28.0",
                "sigstore/cosign@v3.1.3", "jedisct1/minisign@0.12", "mikefarah/yq@v4.53.6");

        Outcome outcome = run("bufbuild/buf", "jqlang/jq",
                "grpc-ecosystem/grpc-gateway/protoc-gen-openapiv2", "sigstore/cosign",
                "jedisct1/minisign", "mikefarah/yq", "--from", root.toString());

        for (String expected : List.of("minisign: {key: ", "signature: sha256.txt.minisig,"
                + " over: checksums", "signature: \"{asset}.minisig\"",
                "attestation: {repository: jqlang/jq, signer_workflow:"
                        + " jqlang/jq/.github/workflows/ci.yml}",
                "slsa: {provenance: multiple.intoto.jsonl, source:"
                        + " github.com/grpc-ecosystem/grpc-gateway, ref: \"refs/tags/{tag}\"}",
                "sigstore: {bundle: checksums-bsd.bundle, identity_pattern: ")) {
            assertThat(outcome.out().contains(expected)).as(expected).isTrue();
        }
        assertThat(tool(outcome.out(), "yq").trust().proofs()).singleElement()
                .asString()
                .contains("mikefarah/yq/\\.github/workflows/release\\.yml@refs/tags/v.+");
        assertThat(tool(outcome.out(), "jq").trust().proofs()).hasSize(1);
    }

    @Test
    void tellsWhatCannotBeCarriedOver() throws Exception {
        Path root = definition("acme/odd", """
                - type: github_release
                  repo_owner: acme
                  repo_name: odd
                  asset: odd_{{.OS}}_{{.Arch}}.tar.gz
                  version_filter: not (Version contains "beta")
                  frobnicate: true
                  checksum: {type: github_release, asset: sums.md5, algorithm: md5}
                  files:
                    - name: odd
                      src: bin/very-odd
                      link: strange
                """);

        Outcome outcome = run("acme/odd", "--from", root.toString(), "--version", "v2.0");

        String file = "pkgs/acme/odd/registry.yaml";
        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.err()).contains("Review: " + file + ":6: version_filter: not carried",
                "Review: " + file + ":7: frobnicate: not carried over",
                "Review: " + file + ":8: checksum.algorithm: not carried over: md5 alone",
                "Review: " + file + ":11: files: src of odd", "Review: " + file + ":12: files.link")
                .contains("1 imported, 1 of them to be reviewed");
        assertThat(outcome.out()).contains("# REVIEW " + file + ":7: frobnicate");
    }

    @Test
    void formatsBySystemAreReadInTheirOlderFormToo() throws Exception {
        Path root = definition("acme/older", """
                - type: github_release
                  repo_owner: acme
                  repo_name: older
                  asset: older_{{.OS}}_{{.Arch}}.{{.Format}}
                  format: tar.gz
                  format_overrides:
                    - goos: windows
                      format: zip
                    - goos: darwin
                      format: zip
                  overrides:
                    - goos: darwin
                      format: tar.xz
                      surprise: true
                """);

        Outcome outcome = run("acme/older", "--from", root.toString(), "--version", "v2.0");

        assertThat(names(tool(outcome.out(), "older"), "2.0", "v2.0")).containsExactly(
                "older_darwin_arm64.tar.xz", "older_darwin_amd64.tar.xz",
                "older_linux_arm64.tar.gz", "older_linux_amd64.tar.gz", "older_windows_arm64.zip",
                "older_windows_amd64.zip");
        assertThat(outcome.err()).contains(
                "Review: pkgs/acme/older/registry.yaml:15: surprise: not carried over");
    }

    @Test
    void toolsOfOneNameGetTheirOwnersToo() throws Exception {
        String yaml = """
                - type: github_release
                  repo_owner: %s
                  repo_name: cli
                  asset: cli_{{.OS}}_{{.Arch}}.tar.gz
                """;
        definition("acme/cli", yaml.formatted("acme"));
        Path root = definition("Other-Makers/cli", yaml.formatted("Other-Makers"));
        for (String owner : List.of("acme", "Other-Makers")) {
            Files.writeString(root.resolve("pkgs/" + owner + "/cli/pkg.yaml"),
                    "packages:\n  - name: " + owner + "/cli@v1.0\n");
        }
        Path file = Files.writeString(folder.resolve("registry.yaml"),
                "primary_registry: {url: embedded}\n");

        Outcome outcome = run("acme/cli", "Other-Makers/cli", "--from", root.toString());
        run("acme/cli", "--from", root.toString(), "--write", file.toString());
        Outcome more = run("acme/cli", "Other-Makers/cli", "--from", root.toString(), "--write",
                file.toString());

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("    cli:\n", "    other-makers-cli:\n");
        assertThat(outcome.err()).contains("Other-Makers/cli is called other-makers-cli here");
        assertThat(more.code()).isEqualTo(3);
        assertThat(more.err()).contains("cli is left out: " + file + " has it already");
        assertThat(ConfigLoader.load(file, Map.of()).publishing().tools()).containsOnlyKeys("cli",
                "other-makers-cli");
    }

    @Test
    void leavesOutWhatHasNoFiles() throws Exception {
        Path root = checkout("connectrpc/connect-go/protoc-gen-connect-go@v1.18.1");
        definition("acme/site", """
                - type: http
                  url: https://example.com/{{.Version}}/{{.OS}}
                """);
        definition("acme/later", """
                - type: github_release
                  repo_owner: acme
                  repo_name: later
                  asset: later-{{(semver .Version).Major}}
                """);

        Outcome outcome = run("connectrpc/connect-go/protoc-gen-connect-go", "acme/site",
                "acme/none", "acme/later", "../etc", "--from", root.toString());

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("built from source with go install",
                "say which with --version", "cannot import acme/none",
                "cannot import ../etc: expected a package's name", "0 imported, 5 left out");
        assertThat(run("acme/site", "--from", root.toString(), "--version", "1.0").err()).contains(
                "type http: left out: it comes from a web site without a list of releases");
        assertThat(run("acme/later", "--from", root.toString(), "--version", "v1.0").err())
                .contains("(semver .Version).Major");
    }

    @Test
    void writesIntoAFileAndLeavesTheRestAlone() throws Exception {
        Path root = checkout("jqlang/jq@jq-1.8.1", "BurntSushi/ripgrep@15.1.0");
        String before = """
                # ours
                primary_registry: {url: embedded}   # here

                publishing:
                  tool_sources:
                    buf:
                      github_repo: bufbuild/buf
                      platforms: [linux-x86_64] # one
                  # the end of tools

                cache:
                  max_cache_size_gb: 5
                """;
        Path file = Files.writeString(folder.resolve("registry.yaml"), before);

        Outcome outcome = run("jqlang/jq", "BurntSushi/ripgrep", "--from", root.toString(),
                "--write", file.toString());

        assertThat(outcome.err()).contains("2 imported");
        assertThat(outcome.out()).contains("Added to " + file + ": jq, ripgrep");
        String after = Files.readString(file);
        int at = after.indexOf("    # aqua: jqlang/jq@jq-1.8.1");
        assertThat(after.substring(0, at)).isEqualTo(before.substring(0, before.indexOf(
                "  # the end")));
        assertThat(after).endsWith(before.substring(before.indexOf("  # the end")));
        assertThat(ConfigLoader.load(file, Map.of()).publishing().tools().keySet())
                .containsExactlyInAnyOrder("buf", "jq", "ripgrep");
        Outcome again = run("jqlang/jq", "--from", root.toString(), "--write", file.toString());
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("it has jq already");
        assertThat(Files.readString(file)).isEqualTo(after);
    }

    @Test
    void writesIntoFilesWithoutTools() throws Exception {
        Path root = checkout("jqlang/jq@jq-1.8.1");
        for (String text : List.of("primary_registry: {url: embedded}",
                "primary_registry: {url: embedded}\npublishing:\n  parallel_uploads: 2\n",
                "primary_registry:\r\n  url: embedded\r\n")) {
            Path file = Files.writeString(folder.resolve("registry.yaml"), text);

            Outcome outcome = run("jqlang/jq", "--from", root.toString(), "--write", file
                    .toString());

            assertThat(outcome.out()).as(outcome.err()).contains("Added to");
            assertThat(ConfigLoader.load(file, Map.of()).publishing().tools()).containsKey("jq");
            assertThat(Files.readString(file)).startsWith(text);
        }
        Path flow = Files.writeString(folder.resolve("registry.yaml"),
                "primary_registry: {url: embedded}\npublishing: {tool_sources: {}}\n");
        assertThat(run("jqlang/jq", "--from", root.toString(), "--write", flow.toString()).err())
                .contains("is not written as a block");
    }

    @Test
    void checkShowsWhatDiffers() throws Exception {
        Path root = checkout("jqlang/jq@jq-1.8.1");
        Path file = Files.writeString(folder.resolve("registry.yaml"),
                "primary_registry: {url: embedded}\n");
        run("jqlang/jq", "--from", root.toString(), "--write", file.toString());

        Outcome same = run("--check", "--from", root.toString(), "--config", file.toString());
        Path definition = root.resolve("pkgs/jqlang/jq/registry.yaml");
        Files.writeString(definition, Files.readString(definition)
                .replace("sha256sum.txt",
                        "sums.txt"));
        Outcome changed = run("--check", "--from", root.toString(), "--config", file.toString());

        assertThat(same.code()).as(same.out() + same.err()).isZero();
        assertThat(same.out()).contains("Checked 1 entries", "0 differ");
        assertThat(changed.code()).isEqualTo(2);
        assertThat(changed.out()).contains("jq: jqlang/jq@jq-1.8.1", "- ", "sha256sum.txt", "+ ",
                "sums.txt", "1 differ");
    }

    @Test
    void refusesWrongUse() throws Exception {
        String root = checkout("jqlang/jq@jq-1.8.1").toString();

        assertThat(run("--from", root).code()).isEqualTo(2);
        assertThat(run("jqlang/jq").code()).isEqualTo(2);
        assertThat(run("jqlang/jq", "--all", "--from", root).code()).isEqualTo(2);
        assertThat(run("jqlang/jq", "--from", folder.resolve("no").toString()).err()).contains(
                "expected a checkout of the aqua registry");
        assertThat(run("a/b", "c/d", "--from", root, "--version", "v1").err()).contains(
                "for a single package");
        assertThat(run("--check", "--from", root, "--config", Files.writeString(folder.resolve(
                "r.yaml"), "primary_registry: {url: embedded}\n").toString()).err()).contains(
                        "has no entry with a comment");
    }
}
