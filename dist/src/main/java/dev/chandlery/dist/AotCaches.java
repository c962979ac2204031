package dev.chandlery.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** Whether all these programs have a cache made of the present jars. */
    boolean complete(Collection<String> programs) throws IOException {
        for (String program : programs) {
            Path properties = properties(program);
            if (!Files.isRegularFile(folder.resolve(cacheName(program)))
                    || !Files.isRegularFile(properties)
                    || !Files.readString(properties).contains(cacheName(program))) {
                return false;
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

    /** Runs the program's usual commands and records a cache; a failed run is reported, and no error. */
    void train(String program) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path java = Path.of(System.getProperty("java.home"));
        Path cache = folder.resolve(cacheName(program));
        Path log = folder.resolve(program + ".log");
        Path scratch = Files.createTempDirectory("chandlery-training");
        try {
            Process run = new ProcessBuilder(java.resolve("bin").resolve("java").toString(),
                    "-XX:AOTCacheOutput=" + cache.toAbsolutePath(),
                    "-Xlog:disable", "-Xlog:all=error:stderr",
                    "-cp", output.resolve("lib").resolve(program + ".jar").toString(),
                    Training.class.getName(), program, scratch.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            boolean ended = run.waitFor(TRAINING_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                run.destroyForcibly().waitFor();
            }
            if (!ended || run.exitValue() != 0 || !Files.isRegularFile(cache)) {
                Files.deleteIfExists(cache);
                System.err.println("[WARNING] no AOT cache for " + program
                        + ", which will start slower: see " + log);
                return;
            }
            record(program, java);
        } finally {
            deleteTree(scratch);
        }
    }

    private void record(String program, Path java) throws IOException {
        List<String> lines = List.of("cache=" + cacheName(program),
                "java.home=" + java,
                "java.runtime=" + System.getProperty("java.runtime.version"));
        Replacement.write(properties(program), temporary -> Files.write(temporary, lines));
    }

    private Path properties(String program) {
        return folder.resolve(program + ".properties");
    }

    private String cacheName(String program) {
        return program + "-" + hash + ".aot";
    }

    private static void deleteTree(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
