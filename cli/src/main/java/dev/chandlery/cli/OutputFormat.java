package dev.chandlery.cli;

/** How results are written to standard output. */
public enum OutputFormat {
    /** For people: aligned tables and short lines. */
    text,
    /** One JSON document. */
    json
}
