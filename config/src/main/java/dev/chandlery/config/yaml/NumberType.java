package dev.chandlery.config.yaml;

import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * A number in a range, with a unit that its key names.
 *
 * @param range what is accepted
 * @param parse from the number as written, which is exact for whole numbers below 2^53
 * @param number of a value, to show it
 */
public record NumberType<T>(Range range, DoubleFunction<T> parse, Function<T, Number> number)
        implements
        Type<T> {

    /**
     * Numbers that are accepted, both ends included.
     *
     * @param unit such as {@code days}, for messages
     */
    public record Range(long least, long most, boolean fractions, String unit) {}

    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
    /** With a negative exponent, which is how small numbers are shown. */
    private static final Pattern FRACTION = Pattern
            .compile("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,9})?([eE]-[1-9])?");

    /** Whole numbers. */
    public static NumberType<Integer> whole(int least, int most, String unit) {
        return new NumberType<>(new Range(least, most, false, unit), value -> (int) value,
                value -> value);
    }

    /** Numbers with a fraction. */
    public static NumberType<Double> decimal(int least, int most, String unit) {
        return new NumberType<>(new Range(least, most, true, unit), value -> value,
                NumberType::shortest);
    }

    @Override
    public Optional<T> read(NodeAt at, Reading reading) {
        boolean plain = at.node() instanceof ScalarNode scalar
                && scalar.getScalarStyle() == ScalarStyle.PLAIN && !at.hasForeignTag();
        Pattern form = range.fractions ? FRACTION : WHOLE;
        if (plain && at.node() instanceof ScalarNode scalar
                && form.matcher(scalar.getValue()).matches()) {
            double value = Double.parseDouble(scalar.getValue());
            if (value >= range.least && value <= range.most) {
                return Optional.of(parse.apply(value));
            }
        }
        reading.problem(at, "expected " + expected() + ", found " + at.kind());
        return Optional.empty();
    }

    @Override
    public Object show(T value) {
        return number.apply(value);
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = Schemas.ofType(range.fractions ? "number" : "integer");
        schema.put("minimum", range.least);
        schema.put("maximum", range.most);
        return schema;
    }

    private String expected() {
        return (range.fractions ? "a number" : "a whole number") + " from " + range.least + " to "
                + range.most + " (" + range.unit + ")";
    }

    private static Number shortest(Double value) {
        long whole = value.longValue();
        return value == whole ? (Number) whole : value;
    }
}
