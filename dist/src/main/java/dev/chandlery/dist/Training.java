package dev.chandlery.dist;

import java.nio.file.Path;

/** Runs a program's usual commands in one process, while the JVM records what they load and call. */
public final class Training {

    private Training() {}

    /** Arguments: the program's name, an empty folder to work in. */
    public static void main(String[] args) throws ReflectiveOperationException {
        String main = Assembly.PROGRAMS.get(args[0]);
        Path scratch = Path.of(args[1]);
        System.err.println("training " + main + " in " + scratch);
        Class.forName(main);
    }
}
