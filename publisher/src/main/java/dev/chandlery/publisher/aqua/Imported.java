package dev.chandlery.publisher.aqua;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of a package. */
public sealed interface Imported {

    /** As the aqua registry calls it. */
    String packageName();

    /** What a reviewer must know, in the order of the definition's lines. */
    List<Finding> findings();

    /**
     * An entry of {@code publishing.tool_sources}.
     *
     * @param packageName as the aqua registry calls it
     * @param tool key of the entry
     * @param origin what the entry was made from, for a comment above it
     * @param entry keys and values in the order to be written: texts, lists and mappings of such
     * @param findings what it says less than the definition, and what else must be known
     */
    record Entry(String packageName, String tool, Origin origin, Map<String, Object> entry,
            List<Finding> findings) implements Imported {

        public Entry {
            entry = Collections.unmodifiableMap(new LinkedHashMap<>(entry));
            findings = List.copyOf(findings);
        }

        /** Whether all of the definition that matters for this version is in the entry. */
        public boolean whole() {
            return findings.stream().noneMatch(Finding::lost);
        }
    }

    /** A package that has no entry; the findings say why. */
    record LeftOut(String packageName, List<Finding> findings) implements Imported {
        public LeftOut {
            findings = List.copyOf(findings);
        }
    }
}
