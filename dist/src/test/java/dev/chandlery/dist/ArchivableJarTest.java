package dev.chandlery.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchivableJarTest {
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
        ArchivableJar.copy(jar("META-INF/MANIFEST.MF", "META-INF/KEY.SF", "META-INF/KEY.RSA",
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
    void oldClassesGetStackMapsAndDoTheSame() throws Exception {
        Path source = folder.resolve("in.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(source))) {
            zip.putNextEntry(new ZipEntry("a/Old.class"));
            zip.write(oldClass());
            zip.closeEntry();
        }
        Path copy = folder.resolve("out.jar");
        ArchivableJar.copy(source, copy);
        try (URLClassLoader loader = new URLClassLoader(new URL[]{copy.toUri().toURL()}, null);
                InputStream content = loader.getResourceAsStream("a/Old.class")) {
            assertThat(StackMaps.lacking(oldClass())).isTrue();
            assertThat(StackMaps.lacking(content.readAllBytes())).isFalse();
            Method sign = loader.loadClass("a.Old").getMethod("isNegative", int.class);
            assertThat(sign.invoke(null, -5)).isEqualTo(1);
            assertThat(sign.invoke(null, 5)).isEqualTo(0);
        }
    }

    /** As compilers made them before Java 6: with a branch, and nothing that says what is on the stack there. */
    private static byte[] oldClass() {
        return ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS)
                .build(ClassDesc.of("a.Old"), type -> type.withVersion(ClassFile.JAVA_5_VERSION, 0)
                        .withFlags(ClassFile.ACC_PUBLIC)
                        .withMethodBody("isNegative", MethodTypeDesc.of(ConstantDescs.CD_int,
                                ConstantDescs.CD_int), ClassFile.ACC_PUBLIC
                                        | ClassFile.ACC_STATIC,
                                code -> code.iload(0)
                                        .ifThenElse(Opcode.IFLT, then -> then.iconst_1().ireturn(),
                                                otherwise -> otherwise.iconst_0().ireturn())));
    }

    @Test
    void leavesOthersAsTheyAre() throws IOException {
        Path source = jar("META-INF/MANIFEST.MF", "a/B.class");
        Path copy = folder.resolve("out.jar");
        ArchivableJar.copy(source, copy);
        assertThat(copy).hasSameBinaryContentAs(source);
    }
}
