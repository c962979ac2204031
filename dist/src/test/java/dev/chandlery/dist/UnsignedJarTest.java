package dev.chandlery.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnsignedJarTest {
    private static final String MANIFEST = """
            Manifest-Version: 1.0
            Multi-Release: true

            Name: a/B.class
            SHA-256-Digest: AAAA

            """;

    @TempDir
    private Path folder;

    private Path jar(String... names) throws IOException {
        Path file = folder.resolve("in.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write((name.endsWith(".MF") ? MANIFEST : name).getBytes(
                        StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return file;
    }

    @Test
    void keepsAllButTheSignature() throws IOException {
        Path copy = folder.resolve("out.jar");
        UnsignedJar.copy(jar("META-INF/MANIFEST.MF", "META-INF/KEY.SF", "META-INF/KEY.RSA",
                "META-INF/versions/9/a/B.class", "a/B.class", "a/C.RSA"), copy);
        try (JarFile opened = new JarFile(copy.toFile())) {
            assertThat(opened.stream().map(ZipEntry::getName)).containsExactly(
                    "META-INF/MANIFEST.MF", "META-INF/versions/9/a/B.class", "a/B.class",
                    "a/C.RSA");
            assertThat(opened.getManifest().getEntries()).isEmpty();
            assertThat(opened.getManifest().getMainAttributes())
                    .containsEntry(new Attributes.Name("Multi-Release"), "true");
            assertThat(opened.getInputStream(opened.getEntry("a/B.class"))).hasBinaryContent(
                    "a/B.class".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void leavesOthersAsTheyAre() throws IOException {
        Path source = jar("META-INF/MANIFEST.MF", "a/B.class");
        Path copy = folder.resolve("out.jar");
        UnsignedJar.copy(source, copy);
        assertThat(copy).hasSameBinaryContentAs(source);
    }
}
