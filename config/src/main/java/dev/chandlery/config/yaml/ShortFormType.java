package dev.chandlery.config.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping with known keys, or a list, which is the value of one of them.
 *
 * @param key whose value may stand alone
 * @param section of the long form
 */
public record ShortFormType<S>(Key<S, ?> key, Section<S> section) implements Type<S> {

    @Override
    public Optional<S> read(NodeAt at, Reading reading) {
        if (!(at.node() instanceof SequenceNode list)) {
            return section.read(at, reading);
        }
        ScalarNode name = new ScalarNode(Tag.STR, key.name(), list.getStartMark(), list
                .getStartMark(), ScalarStyle.PLAIN);
        MappingNode whole = new MappingNode(Tag.MAP, true, List.of(new NodeTuple(name, list)), list
                .getStartMark(), list.getEndMark(), FlowStyle.AUTO);
        return section.read(new NodeAt(whole, at.path(), at.name()), reading);
    }

    @Override
    public Object show(S value) {
        return section.show(value);
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("anyOf", List.of(key.type().schema(), section.schema()));
        return schema;
    }
}
