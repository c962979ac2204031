package dev.chandlery.manager.airgap;

import dev.chandlery.manager.transfer.LayoutName;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;

/** A layout on the command line, also with the prefix that other programs want. */
final class LayoutPath implements ITypeConverter<Path> {

    @Override
    public Path convert(String value) {
        return LayoutName.path(value);
    }
}
