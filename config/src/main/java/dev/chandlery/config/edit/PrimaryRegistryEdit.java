package dev.chandlery.config.edit;

import dev.chandlery.oci.RepositoryName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Points {@code primary_registry} of registry.yaml at another registry: changes {@code url}, and
 * {@code namespace} where it differs, and not one other character. Comments, order, indentation, quotes and
 * line ends stay as they are.
 */
public final class PrimaryRegistryEdit extends RegistryYamlEdit {
    private static final String PRIMARY = "primary_registry";
    private static final String URL = "url";
    private static final String NAMESPACE = "namespace";

    private PrimaryRegistryEdit(Path file, String before, String after) {
        super(file, before, after);
    }

    /**
     * A line that changes.
     *
     * @param number 1 for the first line of the changed file
     * @param before as it was; empty for a line that is new
     * @param after as it will be
     */
    public record Line(int number, Optional<String> before, String after) {}

    /**
     * Works the change out; nothing is written.
     *
     * @param url as in {@code primary_registry}
     * @throws ConfigEditException when the file cannot be changed in this way; it says why
     */
    public static PrimaryRegistryEdit plan(Path file, String url,
            Optional<RepositoryName> namespace) {
        String text = EditedFile.read(file);
        MappingNode primary = primary(file, text);
        requireUnshared(file, text, primary);
        List<Replacement> replacements = new ArrayList<>();
        ScalarText scalars = new ScalarText(file, text, primary);
        NodeTuple urlEntry = find(primary, URL).orElseThrow(() -> new ConfigEditException(file,
                "primary_registry has no url"));
        scalars.replace(urlEntry, url).ifPresent(replacements::add);
        Optional<NodeTuple> entry = find(primary, NAMESPACE);
        if (entry.isPresent()) {
            String wanted = namespace.map(RepositoryName::value).orElse(ScalarText.NOTHING);
            scalars.replace(entry.get(), wanted).ifPresent(replacements::add);
        } else {
            namespace.map(name -> scalars.insertAfter(urlEntry, NAMESPACE, name.value()))
                    .ifPresent(replacements::add);
        }
        PrimaryRegistryEdit edit = new PrimaryRegistryEdit(file, text, Replacement.apply(text,
                replacements));
        edit.requireOnlyThat(url, namespace);
        return edit;
    }

    /**
     * Finds out early whether {@link #write} could.
     *
     * @throws ConfigEditException when the file is read-only
     */
    public void requireWritable() {
        EditedFile.requireWritable(file());
    }

    /** The lines that change, in order. */
    public List<Line> lines() {
        List<String> old = before().lines().toList();
        List<String> now = after().lines().toList();
        List<Line> changed = new ArrayList<>();
        int skipped = 0;
        for (int i = 0; i < now.size(); i++) {
            int at = i - skipped;
            if (at < old.size() && now.get(i).equals(old.get(at))) {
                continue;
            }
            boolean inserted = now.size() - skipped > old.size() && (at >= old.size() || isNext(now,
                    i, old.get(at)));
            changed.add(new Line(i + 1, inserted ? Optional.empty() : Optional.of(old.get(at)), now
                    .get(i)));
            skipped += inserted ? 1 : 0;
        }
        return changed;
    }

    private static boolean isNext(List<String> lines, int i, String line) {
        return i + 1 < lines.size() && lines.get(i + 1).equals(line);
    }

    private static MappingNode primary(Path file, String text) {
        NodeTuple entry = find(root(file, text), PRIMARY).orElseThrow(() -> new ConfigEditException(
                file,
                "it has no primary_registry"));
        if (entry.getValueNode() instanceof MappingNode primary
                && !ScalarText.isAlias(entry)) {
            return primary;
        }
        throw new ConfigEditException(file, "primary_registry is not written out as a mapping");
    }

    private static void requireUnshared(Path file, String text, MappingNode primary) {
        String anchor = primary.getAnchor();
        if (anchor != null && ScalarText.aliases(file, text).contains(anchor)) {
            throw new ConfigEditException(file, "primary_registry is referred to elsewhere in the"
                    + " file, by *" + anchor + "; change it by hand, there too");
        }
    }

    /** What was made is read again: whatever YAML has that we did not think of is refused, not broken. */
    private void requireOnlyThat(String url, Optional<RepositoryName> namespace) {
        EditedFile.requireSize(file(), after());
        MappingNode made = primary(file(), after());
        String madeNamespace = value(made, NAMESPACE);
        boolean right = value(made, URL).equals(url) && madeNamespace.equals(namespace.map(
                RepositoryName::value).orElse(""));
        boolean same = PlainNodes.withoutPrimary(root(file(), before()))
                .equals(PlainNodes
                        .withoutPrimary(root(file(), after())));
        if (!right || !same) {
            throw new ConfigEditException(file(), "primary_registry is written in an unusual way");
        }
    }

    private static String value(MappingNode mapping, String key) {
        return find(mapping, key).map(NodeTuple::getValueNode)
                .filter(ScalarNode.class::isInstance)
                .map(node -> ((ScalarNode) node).getValue())
                .filter(text -> !text.equals(ScalarText.NOTHING))
                .orElse("");
    }
}
