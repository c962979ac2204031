package dev.chandlery.publisher.attest.gobuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoBinaryTest {
    private static final String MODULES = """
            path\texample.com/hello/cmd
            mod\texample.com/hello\tv1.2.3\th1:abc=
            dep\texample.com/old\tv0.1.0\th1:o=
            =>\texample.com/new\tv0.2.0\th1:n=
            dep\texample.com/other\tv2.0.0+incompatible
            later\tunknown
            build\tGOOS=linux
            build\tvcs.revision=0123
            """;
    private static final String MARK = "\u00af".repeat(16);

    @TempDir
    Path folder;

    @Test
    void modulesAreReadOutOfEachFormat() throws IOException {
        for (byte[] binary : new byte[][]{elf(record(MODULES)), machO(record(MODULES)), universal(
                record(MODULES)), pe(record(MODULES))}) {
            GoBuild build = read(binary).orElseThrow();

            assertThat(build.goVersion()).isEqualTo("go1.26.8");
            assertThat(build.mainPackage()).isEqualTo("example.com/hello/cmd");
            assertThat(build.main()).contains(new GoModule("example.com/hello", "v1.2.3", Optional
                    .of("h1:abc=")));
            assertThat(build.dependencies()).containsExactly(new GoModule("example.com/new",
                    "v0.2.0", Optional.of("h1:n=")), new GoModule("example.com/other",
                            "v2.0.0+incompatible", Optional.empty()));
            assertThat(build.settings()).containsEntry("GOOS", "linux")
                    .containsEntry(
                            "vcs.revision", "0123");
        }
    }

    @Test
    void whatIsNotGoHasNone() throws IOException {
        assertThat(read("#!/bin/sh\necho\n".getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(read(new byte[0])).isEmpty();
        assertThat(read(elf(new byte[64]))).isEmpty();
    }

    @Test
    void brokenHeadersAreNoFailure() throws IOException {
        for (byte[] binary : new byte[][]{elf(record(MODULES)), machO(record(MODULES)), universal(
                record(MODULES)), pe(record(MODULES))}) {
            for (int at = 0; at < Math.min(binary.length, 400); at++) {
                byte[] broken = binary.clone();
                broken[at] = (byte) 0xff;
                read(broken);
                read(Arrays.copyOf(binary, at));
            }
        }
    }

    @Test
    void aBinaryOfGoItself() throws IOException, InterruptedException {
        Optional<Path> go = Arrays.stream(System.getenv("PATH")
                .split(":"))
                .map(place -> Path.of(place, "go"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(go.isPresent(), "go is not installed");
        Files.writeString(folder.resolve("go.mod"), "module example.com/sample\n\ngo 1.20\n");
        Files.writeString(folder.resolve("main.go"), "package main\n\nfunc main() {}\n");
        ProcessBuilder builder = new ProcessBuilder(go.get().toString(), "build", "-o", "sample",
                ".").directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().put("GOFLAGS", "-buildvcs=false");
        builder.environment().put("GOTOOLCHAIN", "local");
        Process process = builder.start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(folder.resolve("log"))).isZero();

        GoBuild build = GoBinary.read(folder.resolve("sample")).orElseThrow();

        assertThat(build.goVersion()).startsWith("go1.");
        assertThat(build.main().map(GoModule::path)).contains("example.com/sample");
        assertThat(build.settings()).containsKey("GOOS");
    }

    private Optional<GoBuild> read(byte[] binary) throws IOException {
        return GoBinary.read(Files.write(Files.createTempFile(folder, "binary", ""), binary));
    }

    /** Some bytes in front, as in real sections, then the record. */
    private static byte[] record(String modules) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[48]);
        out.write("\u00ff Go buildinf:".getBytes(StandardCharsets.ISO_8859_1));
        out.write(new byte[]{8, 2});
        out.write(new byte[16]);
        text(out, "go1.26.8");
        text(out, MARK + modules + MARK);
        return out.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int length = bytes.length;
        while (length >= 0x80) {
            out.write((length & 0x7f) | 0x80);
            length >>= 7;
        }
        out.write(length);
        out.write(bytes);
    }

    private static byte[] elf(byte[] data) {
        ByteBuffer file = ByteBuffer.allocate(1024 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[]{0x7f, 'E', 'L', 'F', 2, 1, 1});
        file.putLong(0x28, 64).putShort(0x3a, (short) 64).putShort(0x3c, (short) 2);
        file.putShort(0x3e, (short) 1);
        file.putInt(64, 1).putLong(64 + 24, 1024).putLong(64 + 32, data.length);
        file.putInt(128, 20).putLong(128 + 24, 512).putLong(128 + 32, 64);
        file.put(513, ".go.buildinfo\0".getBytes(StandardCharsets.US_ASCII));
        return file.put(1024, data).array();
    }

    private static byte[] machO(byte[] data) {
        ByteBuffer file = ByteBuffer.allocate(1024 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0, 0xfeedfacf).putInt(16, 2);
        file.putInt(32, 0x1b).putInt(36, 24);
        int segment = 56;
        file.putInt(segment, 0x19).putInt(segment + 4, 152).putInt(segment + 64, 1);
        file.put(segment + 72, "__go_buildinfo".getBytes(StandardCharsets.US_ASCII));
        file.putLong(segment + 112, data.length).putInt(segment + 120, 1024);
        return file.put(1024, data).array();
    }

    private static byte[] universal(byte[] data) {
        byte[] slice = machO(data);
        ByteBuffer file = ByteBuffer.allocate(4096 + slice.length);
        file.putInt(0, 0xcafebabe).putInt(4, 1).putInt(8, 0x0100000c);
        file.putInt(16, 4096).putInt(20, slice.length);
        return file.put(4096, slice).array();
    }

    private static byte[] pe(byte[] data) {
        ByteBuffer file = ByteBuffer.allocate(1024 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(0, (byte) 'M').put(1, (byte) 'Z').putInt(0x3c, 128);
        file.putInt(128, 0x4550).putShort(134, (short) 2).putShort(148, (short) 0);
        int sections = 128 + 24;
        file.putInt(sections + 16, 16).putInt(sections + 36, 0x60000020);
        file.putInt(sections + 40 + 16, data.length).putInt(sections + 40 + 20, 1024);
        file.putInt(sections + 40 + 36, 0xc0000040);
        return file.put(1024, data).array();
    }
}
