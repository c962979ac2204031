package dev.chandlery.config.edit;

import dev.chandlery.config.yaml.SyntaxException;
import dev.chandlery.config.yaml.YamlSource;
import java.nio.file.Path;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** A change of registry.yaml that was worked out: as text, the whole file as it will be. */
public abstract sealed class RegistryYamlEdit permits PrimaryRegistryEdit, ToolSourcesEdit {
    private final Path file;
    private final String before;
    private final String after;

    RegistryYamlEdit(Path file, String before, String after) {
        this.file = file;
        this.before = before;
        this.after = after;
    }

    final Path file() {
        return file;
    }

    final String before() {
        return before;
    }

    final String after() {
        return after;
    }

    /**
     * Replaces the file at once; its mode stays, and a link to it.
     *
     * @throws ConfigEditException when it was changed since the change was worked out, or cannot be written
     */
    public final void write() {
        EditedFile.replace(file, before, after);
    }

    @Override
    public final String toString() {
        return after;
    }

    static MappingNode root(Path file, String text) {
        try {
            if (YamlSource.compose(text)
                    .orElseThrow(() -> new ConfigEditException(file,
                            "it is empty")) instanceof MappingNode root) {
                return root;
            }
        } catch (SyntaxException e) {
            throw new ConfigEditException(file, String.valueOf(e.getMessage()));
        }
        throw new ConfigEditException(file, "it is no mapping");
    }

    static Optional<NodeTuple> find(MappingNode mapping, String key) {
        return mapping.getValue().stream().filter(tuple -> name(tuple).equals(key)).findFirst();
    }

    static String name(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode name ? name.getValue() : "?";
    }
}
