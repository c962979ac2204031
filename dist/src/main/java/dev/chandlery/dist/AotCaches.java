package dev.chandlery.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The AOT caches of one layout, each with a properties file that the launcher reads: the cache's name, and
 * which Java it fits. The properties are written last, so a cache is used only when it is whole.
 */
final class AotCaches {
    /** A training run takes some seconds; a machine that needs longer goes without the cache. */
    private static final int TRAINING_SECONDS = 240;

    private final Path output;
    private final Path folder;
    private final String hash;

    AotCaches(Path output, String hash) {
        this.output = output;
        this.folder = output.resolve("aot");
        this.hash = hash;
    }

    /** Whether all these programs have caches made of the present jars. */
    boolean complete(Collection<LaidOutProgram> programs) throws IOException {
        for (LaidOutProgram program : programs) {
            Path properties = properties(program.name());
            if (!Files.isRegularFile(properties)) {
                return false;
            }
            String recorded = Files.readString(properties);
            for (LaidOutProgram.Cache cache : program.caches()) {
                if (!recorded.contains("=" + fileName(cache) + "\n")
                        || !Files.isRegularFile(file(cache))) {
                    return false;
                }
            }
        }
        return true;
    }

    void deleteAll() throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Runs the program's usual commands and records its caches; a failed run is reported, and no error. */
    void train(LaidOutProgram program) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        List<String> lines = new ArrayList<>(List.of("java.home=" + java(), "java.runtime="
                + System.getProperty("java.runtime.version")));
        for (LaidOutProgram.Cache cache : program.caches()) {
            if (isRecorded(program, cache)) {
                lines.add(cache.key() + "=" + fileName(cache));
            }
        }
        Replacement.write(properties(program.name()), temporary -> Files.write(temporary, lines));
    }

    private boolean isRecorded(LaidOutProgram program, LaidOutProgram.Cache cache)
            throws IOException, InterruptedException {
        Path log = folder.resolve(cache.name() + ".log");
        Path scratch = Files.createTempDirectory("chandlery-training");
        try {
            Process run = new ProcessBuilder(recording(program, cache, scratch))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            boolean ended = run.waitFor(TRAINING_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                run.descendants().forEach(ProcessHandle::destroyForcibly);
                run.destroyForcibly().waitFor();
            }
            if (ended && run.exitValue() == 0 && Files.isRegularFile(file(cache))) {
                return true;
            }
            Files.deleteIfExists(file(cache));
            System.err.println("[WARNING] no AOT cache " + cache.name()
                    + ", without which commands start slower: see " + log);
            return false;
        } finally {
            deleteTree(scratch);
        }
    }

    private List<String> recording(LaidOutProgram program, LaidOutProgram.Cache cache,
            Path scratch) {
        List<String> command = new ArrayList<>(List.of(
                java().resolve("bin").resolve("java").toString(),
                "-XX:AOTCacheOutput=" + file(cache).toAbsolutePath(), "-XX:+UseSerialGC",
                "-Xlog:disable", "-Xlog:all=error:stderr"));
        command.addAll(cache.options());
        command.addAll(List.of("-cp", output.resolve("lib")
                .resolve(program.name() + ".jar")
                .toString(), Training.class.getName(), cache.name(), scratch.toString()));
        return command;
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"));
    }

    private Path properties(String program) {
        return folder.resolve(program + ".properties");
    }

    private Path file(LaidOutProgram.Cache cache) {
        return folder.resolve(fileName(cache));
    }

    private String fileName(LaidOutProgram.Cache cache) {
        return cache.name() + "-" + hash + ".aot";
    }

    private static void deleteTree(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
