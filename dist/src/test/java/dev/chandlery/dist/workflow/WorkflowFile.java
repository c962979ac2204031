package dev.chandlery.dist.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A workflow or an action as its YAML says.
 *
 * @param root of the document
 */
record WorkflowFile(Path file, Map<?, ?> root) {
    static final Path ROOT = Path.of(System.getProperty("chandlery.root"));
    static final Path FOLDER = ROOT.resolve("workflows");

    /**
     * One step.
     *
     * @param job that it is in; empty in an action
     * @param name that people see, or else what it uses
     * @param uses an action; empty when it runs commands
     * @param run commands; empty when it uses an action
     * @param env of workflow, job and step, not evaluated yet
     */
    record Step(String job, String name, String uses, String run, Map<String, String> env) {}

    static WorkflowFile read(String name) {
        Path file = FOLDER.resolve(name);
        try {
            Object root = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(
                    file));
            return new WorkflowFile(file, (Map<?, ?>) root);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static List<WorkflowFile> all() {
        return Stream.of("registry-maintenance.yml", "publish-tools.yml",
                "setup-chandlery/action.yml").map(WorkflowFile::read).toList();
    }

    /** Of all jobs, or of the action, in their order. */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        if (root.containsKey("runs")) {
            add(steps, "", map(root.get("runs")), Map.of());
        }
        jobs().forEach((name, job) -> add(steps, name.toString(), map(job), environment(root)));
        return steps;
    }

    Map<?, ?> jobs() {
        return map(root.get("jobs"));
    }

    /** The step of that name. */
    Step step(String name) {
        return steps().stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no step " + name + " in " + file));
    }

    private static void add(List<Step> steps, String job, Map<?, ?> owner,
            Map<String, String> outer) {
        for (Object one : (List<?>) Objects.requireNonNull(owner.get("steps"))) {
            Map<?, ?> step = map(one);
            Map<String, String> env = new TreeMap<>(outer);
            env.putAll(environment(owner));
            env.putAll(environment(step));
            String uses = text(step.get("uses"));
            String name = text(step.get("name"));
            steps.add(new Step(job, name.isEmpty() ? uses : name, uses, text(step.get("run")),
                    env));
        }
    }

    private static Map<String, String> environment(Map<?, ?> owner) {
        Map<String, String> env = new TreeMap<>();
        map(owner.get("env")).forEach((key, value) -> env.put(key.toString(), text(value)));
        return env;
    }

    static Map<?, ?> map(@Nullable Object node) {
        return node == null ? Map.of() : (Map<?, ?>) node;
    }

    private static String text(@Nullable Object node) {
        return node == null ? "" : node.toString();
    }
}
