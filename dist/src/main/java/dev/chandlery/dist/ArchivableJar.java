package dev.chandlery.dist;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Copies jars so that all of their classes may be in an AOT cache: without signatures, and with stack maps.
 *
 * <p>The JVM would check the digests of all entries of a signed jar when it loads the first class from it, a
 * quarter of a second for Bouncy Castle's, and leaves its classes out of AOT caches. Where the jars came from was
 * proven when the build fetched them; OpenJDK asks for no signatures.
 */
final class ArchivableJar {
    private static final Pattern SIGNATURE = Pattern.compile(
            "META-INF/[^/]+\\.(SF|RSA|DSA|EC)", Pattern.CASE_INSENSITIVE);

    private ArchivableJar() {}

    /** Copies the jar as it is when nothing keeps its classes out of a cache. */
    static void copy(Path source, Path target) throws IOException {
        try (ZipFile jar = new ZipFile(source.toFile());
                URLClassLoader loader = new URLClassLoader(new URL[]{source.toUri().toURL()})) {
            List<? extends ZipEntry> entries = Collections.list(jar.entries());
            if (entries.stream().noneMatch(e -> isSignature(e.getName())) && !isOld(jar, entries)) {
                Replacement.copy(source, target);
                return;
            }
            Replacement.write(target, temporary -> {
                try (OutputStream out = Files.newOutputStream(temporary);
                        ZipOutputStream zip = new ZipOutputStream(out)) {
                    for (ZipEntry entry : entries) {
                        if (!isSignature(entry.getName())) {
                            copy(jar, entry, zip, loader);
                        }
                    }
                }
            });
        }
    }

    /** By its first class. */
    private static boolean isOld(ZipFile jar, List<? extends ZipEntry> entries)
            throws IOException {
        for (ZipEntry entry : entries) {
            if (isClass(entry.getName()) && !entry.getName().endsWith("-info.class")) {
                try (InputStream content = jar.getInputStream(entry)) {
                    return StackMaps.lacking(content.readAllBytes());
                }
            }
        }
        return false;
    }

    private static void copy(ZipFile jar, ZipEntry entry, ZipOutputStream zip,
            ClassLoader loader) throws IOException {
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTimeLocal(entry.getTimeLocal());
        zip.putNextEntry(copy);
        try (InputStream content = jar.getInputStream(entry)) {
            if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
                // The sections of single entries hold the digests that the signature is over.
                Manifest whole = new Manifest(content);
                whole.getEntries().clear();
                whole.write(zip);
            } else if (isClass(entry.getName())) {
                zip.write(StackMaps.added(content.readAllBytes(), loader));
            } else {
                content.transferTo(zip);
            }
        }
        zip.closeEntry();
    }

    private static boolean isClass(String name) {
        return name.endsWith(".class");
    }

    private static boolean isSignature(String name) {
        return SIGNATURE.matcher(name).matches();
    }
}
