package dev.chandlery.trust.publication;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.json.Fields;
import dev.chandlery.oci.json.StrictJson;
import dev.chandlery.trust.statement.Statement;
import dev.chandlery.trust.statement.Subject;
import java.util.List;

/**
 * How a bundle came to be, for one platform: which manifests of tools it was made of. Written as SLSA
 * provenance.
 *
 * <p><b>Spec:</b> SLSA v1.0, Build: Provenance.
 *
 * @param bundle its name
 * @param platform that it is for
 * @param materials manifests of the tools in the order of their layers, then that of the base image
 * @param products what was made beside it: its lock and its SBOM
 * @param program name and version of the program that made it
 */
public record BundlePublication(String bundle, PlatformName platform, List<Material> materials,
        List<Material> products, Publication.Program program) {
    /** How bundles are built: the tools' layers are stacked as they are. */
    public static final String BUILD_TYPE = "https://chandlery.dev/bundle/v1";

    private static final int MOST_MATERIALS = 2000;

    public BundlePublication {
        materials = List.copyOf(materials);
        products = List.copyOf(products);
    }

    /** As a statement about the image's manifest; the same bytes for the same values. */
    public Statement statement(Digest manifest) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode build = root.putObject("buildDefinition").put("buildType", BUILD_TYPE);
        build.putObject("externalParameters")
                .put("bundle", bundle)
                .put("platform", platform
                        .value());
        write(build.putArray("resolvedDependencies"), materials);
        ObjectNode run = root.putObject("runDetails");
        run.putObject("builder")
                .put("id", Publication.BUILDER)
                .putObject("version")
                .put(program.name(), program.version());
        write(run.putArray("byproducts"), products);
        return new Statement(List.of(Subject.of(bundle + " " + platform, manifest)),
                Publication.PREDICATE, StrictJson.write(root));
    }

    private static void write(ArrayNode array, List<Material> materials) {
        materials.forEach(material -> material.write(array.addObject()));
    }

    /**
     * Reads what {@link #statement} wrote.
     *
     * @param where for messages
     * @throws MalformedContentException when the statement is not ours, or broken
     */
    public static BundlePublication of(Statement statement, String where) {
        if (!statement.predicateType().equals(Publication.PREDICATE)) {
            throw new MalformedContentException("cannot read " + where + ": expected predicate "
                    + Publication.PREDICATE + ", got " + statement.predicateType());
        }
        Fields root = new Fields(StrictJson.readObject(statement.predicate(), where), where);
        Fields build = require(root, "buildDefinition");
        if (!build.requireText("buildType").equals(BUILD_TYPE)) {
            throw build.unexpected("buildType", BUILD_TYPE + ", got " + build.requireText(
                    "buildType"));
        }
        Fields asked = require(build, "externalParameters");
        PlatformName platform = PlatformName.find(asked.requireText("platform"))
                .orElseThrow(() -> asked.unexpected("platform", "a platform that has a name"));
        Fields run = require(root, "runDetails");
        Fields builder = require(run, "builder");
        Publication.Program program = builder.textMap("version")
                .entrySet()
                .stream()
                .findFirst()
                .map(entry -> new Publication.Program(entry.getKey(), entry.getValue()))
                .orElseThrow(() -> builder.unexpected("version", "the program's"));
        return new BundlePublication(asked.requireText("bundle"), platform, read(build,
                "resolvedDependencies"), read(run, "byproducts"), program);
    }

    private static List<Material> read(Fields fields, String name) {
        List<Fields> all = fields.objects(name);
        if (all.size() > MOST_MATERIALS) {
            throw fields.unexpected(name, "at most " + MOST_MATERIALS);
        }
        return all.stream().map(Material::read).toList();
    }

    private static Fields require(Fields fields, String name) {
        return fields.object(name).orElseThrow(() -> fields.unexpected(name, "an object"));
    }
}
