package dev.chandlery.dist;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The jars that the programs need, in Maven's order.
 *
 * @param jars files with distinct names
 * @param hash over names, order and bytes of all jars and over the Java that reads them; 16 hex digits
 */
record ClassPath(List<Path> jars, String hash) {

    ClassPath {
        jars = List.copyOf(jars);
    }

    /** Reads what {@code dependency:build-classpath} wrote, and adds a jar. */
    static ClassPath read(Path file, Path last) throws IOException {
        String[] paths = Files.readString(file).strip().split(File.pathSeparator);
        List<Path> jars = Stream.concat(Stream.of(paths).map(Path::of), Stream.of(last)).toList();
        Set<String> names = new HashSet<>();
        for (Path jar : jars) {
            if (!Files.isRegularFile(jar)) {
                throw new IllegalStateException("cannot assemble the programs: " + jar
                        + " is no jar; run the phase package, with all modules that dist needs");
            }
            if (!names.add(name(jar))) {
                throw new IllegalStateException(
                        "cannot assemble the programs: two jars are called " + name(jar));
            }
        }
        return new ClassPath(jars, hashOf(jars));
    }

    /** Makes the folder hold exactly these jars, as caches take them; the result is their names, in order. */
    List<String> install(Path lib) throws IOException {
        List<String> names = jars.stream().map(ClassPath::name).toList();
        Files.createDirectories(lib);
        try (Stream<Path> present = Files.list(lib)) {
            present.filter(file -> !names.contains(name(file))).forEach(ClassPath::delete);
        }
        for (Path jar : jars) {
            ArchivableJar.copy(jar, lib.resolve(name(jar)));
        }
        return names;
    }

    private static String hashOf(List<Path> jars) throws IOException {
        MessageDigest hash = sha256();
        hash.update(Runtime.version().toString().getBytes(StandardCharsets.UTF_8));
        for (Path jar : jars) {
            hash.update(name(jar).getBytes(StandardCharsets.UTF_8));
            try (InputStream in = new DigestInputStream(Files.newInputStream(jar), hash)) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
            }
        }
        return HexFormat.of().formatHex(hash.digest(), 0, 8);
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
