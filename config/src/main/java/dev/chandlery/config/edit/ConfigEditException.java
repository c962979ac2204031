package dev.chandlery.config.edit;

import java.nio.file.Path;

/** registry.yaml cannot be changed by a program; the message says why. */
public final class ConfigEditException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConfigEditException(Path file, String why) {
        super("cannot change " + file + ": " + why);
    }
}
