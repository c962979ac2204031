package dev.chandlery.registry.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads sizes in bytes, such as {@code 512KiB} or {@code 50 MiB}. */
final class SizeText implements ITypeConverter<Long> {
    private static final Pattern FORMAT = Pattern.compile("(\\d{1,9}) ?(B|KiB|MiB|GiB)?");

    @Override
    public Long convert(String text) {
        Matcher parts = FORMAT.matcher(text);
        if (!parts.matches()) {
            throw new TypeConversionException("'" + text
                    + "' is not a size, such as 512KiB, 50MiB or 1GiB");
        }
        String unit = parts.group(2) == null ? "B" : parts.group(2);
        int power = switch (unit) {
            case "KiB" -> 10;
            case "MiB" -> 20;
            case "GiB" -> 30;
            default -> 0;
        };
        return Long.parseLong(parts.group(1)) << power;
    }
}
