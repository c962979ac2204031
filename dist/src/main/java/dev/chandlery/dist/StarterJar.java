package dev.chandlery.dist;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A jar of a manifest only, for {@code java -jar}: it fixes the order of the class path, which AOT caches
 * depend on, and lets libraries load native code without an option that would disable the cache.
 */
final class StarterJar {
    /** Local time, as zip files have it: independent of the machine's zone. */
    private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

    private StarterJar() {}

    static void write(Path file, String mainClass, List<String> jars) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, mainClass);
        attributes.put(Attributes.Name.CLASS_PATH, String.join(" ", jars));
        attributes.putValue("Enable-Native-Access", "ALL-UNNAMED");
        Replacement.write(file, temporary -> {
            try (OutputStream out = Files.newOutputStream(temporary);
                    ZipOutputStream zip = new ZipOutputStream(out)) {
                ZipEntry entry = new ZipEntry(JarFile.MANIFEST_NAME);
                entry.setTimeLocal(TIME);
                zip.putNextEntry(entry);
                manifest.write(zip);
                zip.closeEntry();
            }
        });
    }
}
