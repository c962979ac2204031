package dev.chandlery.registry.embedded;

import dev.chandlery.oci.embedded.EmbeddedRegistry;
import dev.chandlery.oci.embedded.RegistryHandle;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A program that uses the embedded registry of a folder until its standard input ends. */
public final class Opener {
    private Opener() {}

    public static void main(String... args) throws IOException {
        try (RegistryHandle handle = EmbeddedRegistry.load().open(Path.of(args[0]));
                PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true,
                        StandardCharsets.UTF_8)) {
            out.println("listening on http://" + handle.registry() + " for " + args[0]);
            System.in.transferTo(PrintStream.nullOutputStream());
        }
    }
}
