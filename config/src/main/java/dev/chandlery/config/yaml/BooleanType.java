package dev.chandlery.config.yaml;

import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** {@code true} or {@code false}; YAML 1.1's yes, no, on and off are refused. */
public record BooleanType() implements Type<Boolean> {

    @Override
    public Optional<Boolean> read(NodeAt at, Reading reading) {
        if (at.node() instanceof ScalarNode scalar && scalar.getScalarStyle() == ScalarStyle.PLAIN
                && !at.hasForeignTag()) {
            if (scalar.getValue().equals("true") || scalar.getValue().equals("false")) {
                return Optional.of(scalar.getValue().equals("true"));
            }
        }
        reading.problem(at, "expected true or false, without quotes, found " + at.kind());
        return Optional.empty();
    }

    @Override
    public Object show(Boolean value) {
        return value;
    }

    @Override
    public Map<String, Object> schema() {
        return Schemas.ofType("boolean");
    }
}
