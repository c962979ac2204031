package dev.chandlery.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;

/**
 * Lays out the programs in a folder: {@code bin/} launchers, {@code lib/} the class path, and one starter
 * jar and one file of options per program, {@code aot/} one AOT cache per program, {@code built} whose time tells when and whose text
 * tells from what.
 *
 * <p>The JVM does not find out that a jar differs from the one its AOT cache was trained on (JDK-8377932):
 * it would run the old code. So caches are named after a hash over all jars, and go away before any jar is
 * replaced; a build killed at any point leaves programs that start slower, never ones that are stale.
 */
public final class Assembly {
    private final Path output;
    private final Path launchers;

    Assembly(Path output, Path launchers) {
        this.output = output;
        this.launchers = launchers;
    }

    /**
     * Arguments: output folder, folder of the launcher scripts, file with the class path, a jar to add to
     * it, time of the build (ISO instant), and {@code true} or {@code false} for AOT caches.
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        ClassPath classPath = ClassPath.read(Path.of(args[2]), Path.of(args[3]));
        Assembly assembly = new Assembly(Path.of(args[0]), Path.of(args[1]));
        assembly.assemble(classPath, Boolean.parseBoolean(args[5]));
        assembly.stamp(classPath.hash(), Instant.parse(args[4]));
    }

    void assemble(ClassPath classPath, boolean aot) throws IOException, InterruptedException {
        AotCaches caches = new AotCaches(output, classPath.hash());
        Path lib = output.resolve("lib");
        if (!caches.complete(LaidOutProgram.ALL)) {
            caches.deleteAll();
            Files.deleteIfExists(output.resolve("built"));
            List<String> names = classPath.install(lib);
            for (LaidOutProgram program : LaidOutProgram.ALL) {
                StarterJar.write(lib.resolve(program.name() + ".jar"), program.mainClass(), names);
            }
        }
        Replacement.copy(launchers.resolve("java.sh"), lib.resolve("java.sh"));
        for (LaidOutProgram program : LaidOutProgram.ALL) {
            String options = program.optionsFile();
            Replacement.write(lib.resolve(program.name() + ".options"), temporary -> Files
                    .writeString(temporary, options));
            Path launcher = output.resolve("bin").resolve(program.name());
            Replacement.copy(launchers.resolve("program.sh"), launcher);
            Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        if (aot && !caches.complete(LaidOutProgram.ALL)) {
            for (LaidOutProgram program : LaidOutProgram.ALL) {
                caches.train(program);
            }
        }
    }

    private void stamp(String hash, Instant started) throws IOException {
        Path built = output.resolve("built");
        Files.writeString(built, hash + "\n");
        Files.setLastModifiedTime(built, FileTime.from(started));
    }
}
