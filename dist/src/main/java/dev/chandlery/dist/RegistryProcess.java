package dev.chandlery.dist;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A registry in a process of its own, on loopback and a free port, so that the JVM that is recorded does nothing
 * but what the program does that is trained. Close it to end the process.
 *
 * @param address such as {@code http://127.0.0.1:40123}
 */
record RegistryProcess(Process process, String address) implements AutoCloseable {
    /** What a registry says first. */
    static final Pattern ADDRESS = Pattern.compile("http://[0-9.]+:[0-9]+(?=\\s|$)");

    /**
     * @param folder for what it stores
     * @throws IOException if it cannot be started or ends before it serves
     */
    static RegistryProcess start(Path folder) throws IOException {
        Process process = program("registry", "serve", "--storage", folder.toString(), "--listen",
                "127.0.0.1:0").redirectError(ProcessBuilder.Redirect.DISCARD).start();
        // Not closed: the registry goes on to write there, which is little.
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                return new RegistryProcess(process, address.group());
            }
        }
        process.destroyForcibly();
        throw new IOException("cannot start a registry for training: it ended before it served");
    }

    /**
     * Runs a command of a program that needs no registry around it.
     *
     * @throws IOException if it fails
     */
    static void run(String name, String... arguments) throws IOException, InterruptedException {
        int code = program(name, arguments).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException(name + " ended with " + code);
        }
    }

    private static ProcessBuilder program(String name, String... arguments) {
        Path starter = Path.of(System.getProperty("java.class.path"))
                .resolveSibling(name
                        + ".jar");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"),
                "bin", "java").toString(), "-XX:+UseSerialGC", "-Xmx192m", "-jar", starter
                        .toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
