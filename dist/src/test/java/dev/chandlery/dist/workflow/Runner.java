package dev.chandlery.dist.workflow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the commands of steps as a runner of GitHub Actions does, in a folder of its own. */
final class Runner {
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{\\s*(.*?)\\s*}}");
    private static final int PATIENCE_SECONDS = 300;

    private final Path folder;
    private final Map<String, String> values = new TreeMap<>();
    private int count;

    /** How a step ended, and what it left in its files. */
    record Ended(int code, String log, Map<String, String> outputs, String summary) {

        /** Lines that tell people something beside the log. */
        List<String> annotations() {
            return log.lines()
                    .filter(line -> line.matches("::(error|warning|notice) .*"))
                    .toList();
        }
    }

    Runner(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("home/bin"));
        Files.createDirectories(folder.resolve("work"));
        Files.createDirectories(folder.resolve("temp"));
        program("manager", "dev.chandlery.manager.ManagerProgram");
        program("publisher", "dev.chandlery.publisher.command.PublisherProgram");
        script(folder.resolve("home/bin/gh"), "echo \"$*\" >>\"" + folder.resolve("gh.log")
                + "\"\nif [ \"$2\" = list ]; then cat \"" + folder.resolve("issue")
                + "\" 2>/dev/null; fi\nexit 0\n");
        values.put("runner.temp", folder.resolve("temp").toString());
        values.put("github.token", "token");
        values.put("secrets.REGISTRY_USERNAME", "");
        values.put("secrets.REGISTRY_PASSWORD", "");
        values.put("inputs.tool || 'all'", "all");
        values.put("inputs.dry-run || false", "false");
        values.put("inputs.force || false", "false");
        values.put("inputs.aws-role || vars.AWS_ROLE || ''", "");
        values.put("inputs.aws-region || vars.AWS_REGION || 'us-east-1'", "us-east-1");
    }

    /** Says what an expression is from now on. */
    Runner with(String expression, String value) {
        values.put(expression, value);
        return this;
    }

    Path work() {
        return folder.resolve("work");
    }

    /** What {@code gh} was asked. */
    String asked() throws IOException {
        Path log = folder.resolve("gh.log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /** Says that an issue is open. */
    void open(String number) throws IOException {
        Files.writeString(folder.resolve("issue"), number + "\n");
    }

    private void program(String name, String type) throws IOException {
        script(folder.resolve("home/bin").resolve(name), "exec '" + Path.of(System.getProperty(
                "java.home"), "bin", "java")
                + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED"
                + " -cp '" + System.getProperty("java.class.path") + "' " + type + " \"$@\"\n");
    }

    private static void script(Path file, String commands) throws IOException {
        Files.writeString(file, "#!/usr/bin/env bash\n" + commands);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Runs the step's own commands with bash as Actions calls it. */
    Ended run(WorkflowFile.Step step) throws IOException, InterruptedException {
        Path room = Files.createDirectories(folder.resolve("steps/" + count++));
        Path script = Files.writeString(room.resolve("step.sh"), step.run());
        Path log = room.resolve("log");
        ProcessBuilder bash = new ProcessBuilder("bash", "--noprofile", "--norc", "-eo", "pipefail",
                script.toString()).directory(work().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Map<String, String> env = bash.environment();
        env.clear();
        env.putAll(environment(room));
        step.env().forEach((name, value) -> env.put(name, evaluate(value)));
        Process process = bash.start();
        process.getOutputStream().close();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("step " + step.name() + " did not end");
        }
        keep(room);
        return new Ended(process.exitValue(), Files.readString(log), pairs(room.resolve("output")),
                Files.readString(room.resolve("summary")));
    }

    /** Nothing of the machine's own but where its programs are. */
    private Map<String, String> environment(Path room) throws IOException {
        Map<String, String> env = new TreeMap<>(pairs(folder.resolve("env")));
        Path path = folder.resolve("path");
        String before = Files.exists(path)
                ? String.join(":", Files.readAllLines(path).reversed()) + ":"
                : "";
        env.put("PATH", before + System.getenv("PATH"));
        env.put("HOME", folder.resolve("home").toString());
        env.put("CI", "true");
        env.put("GITHUB_ACTIONS", "true");
        env.put("GITHUB_WORKSPACE", work().toString());
        env.put("GITHUB_SERVER_URL", "https://github.example");
        env.put("GITHUB_REPOSITORY", "acme/tools");
        env.put("GITHUB_RUN_ID", "17");
        for (String file : List.of("output", "summary", "path", "env")) {
            Path made = room.resolve(file);
            Files.writeString(made, "");
            env.put(file.equals("summary")
                    ? "GITHUB_STEP_SUMMARY"
                    : "GITHUB_" + file.toUpperCase(
                            java.util.Locale.ROOT), made.toString());
        }
        return env;
    }

    /** What is for later steps. */
    private void keep(Path room) throws IOException {
        for (String file : List.of("path", "env")) {
            Files.writeString(folder.resolve(file), Files.readString(room.resolve(file)),
                    StandardCharsets.UTF_8, java.nio.file.StandardOpenOption.CREATE,
                    java.nio.file.StandardOpenOption.APPEND);
        }
    }

    private static Map<String, String> pairs(Path file) throws IOException {
        Map<String, String> pairs = new TreeMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                int equals = line.indexOf('=');
                pairs.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return pairs;
    }

    private String evaluate(String text) {
        Matcher matcher = EXPRESSION.matcher(text);
        return matcher.replaceAll(found -> {
            String value = values.get(found.group(1));
            if (value == null) {
                throw new AssertionError("nobody said what this is: " + found.group(1));
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
