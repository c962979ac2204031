package dev.chandlery.config.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** One reading of one file: what it needs from outside, and what was found. Not thread-safe. */
public final class Reading {

    /** More than anybody reads. */
    private static final int MAX_PROBLEMS = 1_000;

    private final Path folder;
    private final Map<String, String> environment;
    private final List<Finding> problems = new ArrayList<>();
    private final List<Finding> notices = new ArrayList<>();
    private final Set<String> declared = new TreeSet<>();

    /**
     * Prepares a reading.
     *
     * @param folder that relative paths count from, absolute
     * @param environment variables that the file may refer to
     */
    public Reading(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = new TreeMap<>(environment);
    }

    public Path folder() {
        return folder;
    }

    /** A variable's value, empty when it is not set or empty. */
    public Optional<String> environment(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /** Records that something is wrong; the first thousand are kept. */
    public void problem(NodeAt at, String message) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(Finding.at(at.node().getStartMark(), at.path(), message));
        }
    }

    /** Records that something is understood and has no effect yet. */
    public void notice(NodeAt at, String message) {
        notices.add(Finding.at(at.node().getStartMark(), at.path(), message));
    }

    public List<Finding> problems() {
        return List.copyOf(problems);
    }

    public List<Finding> notices() {
        return List.copyOf(notices);
    }

    /** Keeps the keys of a mapping under the root, so that values elsewhere can refer to them. */
    public void declare(Node root, String key) {
        for (Node value : values(root, key)) {
            if (value instanceof MappingNode mapping) {
                mapping.getValue()
                        .stream()
                        .map(NodeTuple::getKeyNode)
                        .filter(ScalarNode.class::isInstance)
                        .map(ScalarNode.class::cast)
                        .forEach(name -> declared.add(name.getValue()));
            }
        }
    }

    /** Keeps a name that is there without being written. */
    public void declare(String name) {
        declared.add(name);
    }

    /** Keys kept by {@link #declare}. */
    public Set<String> declared() {
        return Set.copyOf(declared);
    }

    private static List<Node> values(Node root, String key) {
        if (!(root instanceof MappingNode mapping)) {
            return List.of();
        }
        return mapping.getValue()
                .stream()
                .filter(t -> t.getKeyNode() instanceof ScalarNode name
                        && name.getValue().equals(key))
                .map(NodeTuple::getValueNode)
                .toList();
    }
}
