package dev.chandlery.publisher.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.cli.Console;
import dev.chandlery.cli.Program;
import dev.chandlery.config.ConfigLoader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All of a large checkout at once: as many tools as half of the aqua registry has. */
class ImportManyTest {
    private static final int PACKAGES = 1000;
    /** Of what earlier versions read, which must not be the limit any more. */
    private static final long SMALL = 512 * 1024;

    @TempDir
    Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void registryYamlTakesThousandsOfTools() throws IOException {
        for (int i = 0; i < PACKAGES; i++) {
            define("owner" + i % 50 + "/tool" + i);
        }
        Path config = Files.writeString(folder.resolve("registry.yaml"),
                "primary_registry: {url: embedded}\n");

        int code = run("--all", "--from", folder.resolve("aqua").toString(), "--write", config
                .toString());

        assertThat(code).as(text(err)).isZero();
        assertThat(text(err)).contains(PACKAGES + " imported");
        assertThat(config.toFile().length()).isGreaterThan(SMALL);
        assertThat(ConfigLoader.load(config, Map.of()).publishing().tools()).hasSize(PACKAGES);
        assertThat(run("--check", "--from", folder.resolve("aqua").toString())).as(text(err))
                .isZero();
    }

    private void define(String name) throws IOException {
        String[] parts = name.split("/", 2);
        Path file = folder.resolve("aqua/pkgs").resolve(name).resolve("registry.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                packages:
                  - type: github_release
                    repo_owner: %s
                    repo_name: %s
                    description: A tool among many others
                    asset: %2$s_{{trimV .Version}}_{{.OS}}_{{.Arch}}.{{.Format}}
                    format: tar.gz
                    overrides:
                      - goos: windows
                        format: zip
                    replacements:
                      amd64: x86_64
                    checksum:
                      type: github_release
                      asset: checksums.txt
                      algorithm: sha256
                """.formatted(parts[0], parts[1]));
        Files.writeString(file.resolveSibling("pkg.yaml"), "packages:\n  - name: " + name
                + "@v1.0.0\n");
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        Console console = Console.plain(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), Map.of("HOME", folder
                        .toString()));
        String[] all = new String[arguments.length + 4];
        System.arraycopy(new String[]{"--config", folder.resolve("registry.yaml").toString(),
                "import", "aqua"}, 0, all, 0, 4);
        System.arraycopy(arguments, 0, all, 4, arguments.length);
        return new Program(console, PublishCommand.class).run(all);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
