package dev.chandlery.trust.publication;

import dev.chandlery.config.proof.Rung;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.tool.ContentSpec;
import dev.chandlery.oci.Digest;
import dev.chandlery.trust.statement.Statement;
import dev.chandlery.trust.statement.Subject;
import java.util.List;

/**
 * How an artifact came to be: which file of upstream it was made of, on which rung of the ladder of trust that
 * stood, which policy accepted it, and all that is needed to make it again. Written as SLSA provenance.
 *
 * <p><b>Spec:</b> SLSA v1.0, Build: Provenance.
 *
 * @param what tool, version and platform
 * @param content how the asset was packed
 * @param trust rung that was reached and rung that was asked for
 * @param materials the asset first, then the files that proved it
 * @param products what was made beside the artifact, such as its SBOM
 * @param program name and version of the program that made it
 */
public record Publication(What what, ContentSpec content, Trust trust, List<Material> materials,
        List<Material> products, Program program) {
    /** Predicate type of SLSA provenance. */
    public static final String PREDICATE = "https://slsa.dev/provenance/v1";
    /** How we build: upstream's asset is unpacked, laid out and packed as a layer. */
    public static final String BUILD_TYPE = "https://chandlery.dev/publication/v1";
    /** Who builds. */
    public static final String BUILDER = "https://chandlery.dev/publisher";

    /**
     * What was published.
     *
     * @param tool its name
     * @param version its number
     * @param release upstream's name of it
     * @param platform ours
     */
    public record What(String tool, String version, String release, PlatformName platform) {}

    /**
     * Why the asset was believed.
     *
     * @param reached rung
     * @param minimum rung that the policy asked for
     * @param notes what is to be known about the checks
     */
    public record Trust(Rung reached, Rung minimum, List<String> notes) {
        public Trust {
            notes = List.copyOf(notes);
        }
    }

    /**
     * What made it.
     *
     * @param name of the program
     * @param version of it
     */
    public record Program(String name, String version) {}

    public Publication {
        materials = List.copyOf(materials);
        products = List.copyOf(products);
        if (materials.isEmpty()) {
            throw new IllegalArgumentException("made of nothing");
        }
    }

    /** The file of upstream that it was made of. */
    public Material asset() {
        return materials.getFirst();
    }

    /** Checksum and signature files that proved the asset. */
    public List<Material> proofs() {
        return materials.subList(1, materials.size());
    }

    /** As a statement about the artifact's manifest; the same bytes for the same values. */
    public Statement statement(Digest manifest) {
        return new Statement(List.of(Subject.of(what.tool() + " " + what.version() + " " + what
                .platform(), manifest)), PREDICATE, PublicationJson.write(this));
    }

    /**
     * Reads what {@link #statement} wrote.
     *
     * @param where for messages
     * @throws dev.chandlery.oci.MalformedContentException when the statement is not ours, or broken
     */
    public static Publication of(Statement statement, String where) {
        return PublicationJson.read(statement, where);
    }
}
