package dev.chandlery.trust.publication;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.config.proof.Rung;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.tool.Compression;
import dev.chandlery.config.tool.ContentSpec;
import dev.chandlery.config.tool.Packaging;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.json.Fields;
import dev.chandlery.oci.json.StrictJson;
import dev.chandlery.trust.statement.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** A {@link Publication} as the predicate of SLSA provenance. */
final class PublicationJson {
    private static final int MOST_MATERIALS = 1000;

    private PublicationJson() {}

    static Bytes write(Publication publication) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode build = root.putObject("buildDefinition");
        build.put("buildType", Publication.BUILD_TYPE);
        ObjectNode asked = build.putObject("externalParameters");
        Publication.What what = publication.what();
        asked.put("tool", what.tool()).put("version", what.version());
        asked.put("release", what.release()).put("platform", what.platform().value());
        content(asked.putObject("content"), publication.content());
        asked.putObject("policy").put("minimum_trust", publication.trust().minimum().label());
        ObjectNode found = build.putObject("internalParameters");
        found.put("trust", publication.trust().reached().label());
        texts(found.putArray("notes"), publication.trust().notes());
        materials(build.putArray("resolvedDependencies"), publication.materials());
        ObjectNode run = root.putObject("runDetails");
        run.putObject("builder")
                .put("id", Publication.BUILDER)
                .putObject("version")
                .put(publication.program().name(), publication.program().version());
        materials(run.putArray("byproducts"), publication.products());
        return StrictJson.write(root);
    }

    private static void content(ObjectNode node, ContentSpec content) {
        texts(node.putArray("binaries"), content.binaries());
        texts(node.putArray("include"), content.include());
        node.put("keep_upstream", content.keepUpstream());
        node.put("package", word(content.packaging()));
        node.put("compression", word(content.compression()));
        content.entrypoint().ifPresent(name -> node.put("entrypoint", name));
        texts(node.putArray("emulated"), content.emulated()
                .stream()
                .map(PlatformName::value)
                .toList());
    }

    private static void materials(ArrayNode array, List<Material> materials) {
        materials.forEach(material -> material.write(array.addObject()));
    }

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static Publication read(Statement statement, String where) {
        if (!statement.predicateType().equals(Publication.PREDICATE)) {
            throw new MalformedContentException("cannot read " + where + ": expected predicate "
                    + Publication.PREDICATE + ", got " + statement.predicateType());
        }
        Fields root = new Fields(StrictJson.readObject(statement.predicate(), where), where);
        Fields build = require(root, "buildDefinition");
        if (!build.requireText("buildType").equals(Publication.BUILD_TYPE)) {
            throw build.unexpected("buildType", Publication.BUILD_TYPE + ", got "
                    + build.requireText("buildType"));
        }
        Fields asked = require(build, "externalParameters");
        Fields found = require(build, "internalParameters");
        Publication.Trust trust = new Publication.Trust(rung(found, "trust"), rung(require(asked,
                "policy"), "minimum_trust"), found.texts("notes"));
        Fields run = require(root, "runDetails");
        List<Material> materials = materials(build, "resolvedDependencies");
        if (materials.isEmpty()) {
            throw build.unexpected("resolvedDependencies", "at least the asset");
        }
        return new Publication(what(asked), content(require(asked, "content")), trust, materials,
                materials(run, "byproducts"), program(require(run, "builder")));
    }

    private static Publication.What what(Fields asked) {
        return new Publication.What(asked.requireText("tool"), asked.requireText("version"), asked
                .requireText("release"), platform(asked, asked.requireText("platform")));
    }

    private static PlatformName platform(Fields fields, String text) {
        return PlatformName.find(text)
                .orElseThrow(() -> fields.unexpected("platform",
                        "a platform that has a name, got " + text));
    }

    private static ContentSpec content(Fields fields) {
        TreeSet<PlatformName> emulated = new TreeSet<>();
        fields.texts("emulated").forEach(text -> emulated.add(platform(fields, text)));
        return new ContentSpec(fields.texts("binaries"), fields.texts("include"), flag(fields,
                "keep_upstream"), constant(fields, "package", Packaging.values()), constant(fields,
                        "compression", Compression.values()), fields.text("entrypoint"), List.of(),
                emulated);
    }

    private static boolean flag(Fields fields, String name) {
        if (!fields.node().path(name).isBoolean()) {
            throw fields.unexpected(name, "true or false");
        }
        return fields.node().path(name).booleanValue();
    }

    private static <T extends Enum<T>> T constant(Fields fields, String name, T[] constants) {
        String text = fields.requireText(name);
        return Arrays.stream(constants)
                .filter(constant -> word(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> fields.unexpected(name, "one of " + Arrays.toString(
                        constants)));
    }

    private static Rung rung(Fields fields, String name) {
        return Rung.find(fields.requireText(name))
                .orElseThrow(() -> fields.unexpected(name, "a rung of the ladder of trust"));
    }

    private static List<Material> materials(Fields fields, String name) {
        List<Fields> all = fields.objects(name);
        if (all.size() > MOST_MATERIALS) {
            throw fields.unexpected(name, "at most " + MOST_MATERIALS + " files");
        }
        return all.stream().map(Material::read).toList();
    }

    private static Publication.Program program(Fields builder) {
        return builder.textMap("version")
                .entrySet()
                .stream()
                .findFirst()
                .map(entry -> new Publication.Program(entry.getKey(), entry.getValue()))
                .orElseThrow(() -> builder.unexpected("version", "the program's"));
    }

    private static Fields require(Fields fields, String name) {
        return fields.object(name).orElseThrow(() -> fields.unexpected(name, "an object"));
    }
}
