package dev.chandlery.manager.verify;

import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.trust.publication.BundleLock;
import dev.chandlery.trust.publication.BundlePublication;
import dev.chandlery.trust.publication.BundleTypes;
import dev.chandlery.trust.publication.EvidenceKind;
import dev.chandlery.trust.publication.Material;
import dev.chandlery.trust.sign.SignedStatement;
import dev.chandlery.trust.statement.Statement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Checks what the publisher attaches to the image of a bundle. */
final class BundleEvidenceCheck {
    private static final String REBUILD =
            "run publisher --bundle for it: it attaches what is missing";
    private static final String FORGED =
            "do not use it: find out who made it; publisher --bundle builds it anew";

    private final ManifestDocument document;
    private final List<Attached> attached;
    private final Map<Digest, LayerFiles> layers;

    /** @param layers what was read of each */
    BundleEvidenceCheck(ManifestDocument document, List<Attached> attached,
            Map<Digest, LayerFiles> layers) {
        this.document = document;
        this.attached = attached;
        this.layers = layers;
    }

    void run(Checks checks, Signatures signatures, Optional<BundleLock> lock) {
        checks.run("sbom", REBUILD, this::sbom);
        checks.run("provenance", FORGED, () -> provenance(signatures, lock));
    }

    private Attached only(EvidenceKind kind) {
        return attached.stream()
                .filter(each -> each.is(kind))
                .reduce((_, last) -> last)
                .orElseThrow(() -> new ContentNotFoundException("cannot find the " + kind.label()
                        + " of " + document.descriptor().digest()
                        + ": expected a referrer of type " + kind.artifactType() + ", got none"));
    }

    /** It names the files of all tools, which is all layers but those of the base image. */
    private Object sbom() throws IOException {
        Attached found = only(EvidenceKind.SBOM);
        SortedMap<String, Digest> files = new TreeMap<>();
        if (document.manifest() instanceof ImageManifest image) {
            for (Descriptor layer : image.layers()) {
                LayerFiles read = layers.get(layer.digest());
                if (layer.annotations().containsKey(BundleTypes.TOOL) && read != null) {
                    files.putAll(read.files());
                }
            }
        }
        return SbomCheck.require(found.content(), files);
    }

    /** It is about this image, names the tools of the lock, and is the one that was signed. */
    private Object provenance(Signatures signatures, Optional<BundleLock> lock)
            throws IOException {
        Attached found = only(EvidenceKind.PROVENANCE);
        String where = "provenance " + found.referrer().digest();
        Statement statement = Statement.parse(found.content(), where);
        statement.requireSubject(document.descriptor().digest(), where);
        Optional<SignedStatement> signed = signatures.find(EvidenceKind.SIGNED_PROVENANCE);
        if (signed.isPresent() && !signed.get().statement().toJson().equals(statement.toJson())) {
            throw Problem.differs(where, "what was signed, which has " + signed.get()
                    .statement()
                    .toJson()
                    .digest(), statement.toJson().digest());
        }
        BundlePublication stated = BundlePublication.of(statement, where);
        lock.ifPresent(locked -> requireSame(stated, locked));
        requireProducts(stated);
        return stated.materials().size() + " materials, by " + stated.program().name() + " "
                + stated.program().version() + (signed.isPresent() ? ", signed" : "");
    }

    private static void requireSame(BundlePublication stated, BundleLock lock) {
        List<String> expected = new ArrayList<>();
        for (BundleLock.Tool tool : lock.tools()) {
            BundleLock.Content content = tool.platforms().get(stated.platform());
            expected.add(tool.name() + "@" + tool.version() + " " + (content == null
                    ? "none"
                    : content.manifest()));
        }
        List<String> named = stated.materials()
                .stream()
                .limit(lock.tools().size())
                .map(material -> material.name() + " " + material.digest())
                .toList();
        if (!expected.equals(named)) {
            throw Problem.differs("the tools that provenance names", expected, named);
        }
    }

    private void requireProducts(BundlePublication stated) {
        Set<String> known = attached.stream()
                .filter(each -> each.is(EvidenceKind.SBOM))
                .flatMap(each -> each.document().manifest().successors().stream())
                .map(each -> each.digest().toString())
                .collect(Collectors.toCollection(TreeSet::new));
        known.add(document.manifest().annotations().getOrDefault(BundleTypes.LOCKED, ""));
        for (Material product : stated.products()) {
            if (!known.contains(product.digest().toString())) {
                throw Problem.differs(product.name() + " that provenance names", product.digest(),
                        "others: " + known);
            }
        }
    }
}
