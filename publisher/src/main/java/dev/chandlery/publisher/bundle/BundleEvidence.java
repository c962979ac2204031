package dev.chandlery.publisher.bundle;

import dev.chandlery.config.BundleSpec;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.publisher.attest.Attestor;
import dev.chandlery.publisher.attest.Evidence;
import dev.chandlery.trust.publication.BundlePublication;
import dev.chandlery.trust.publication.BundleTypes;
import dev.chandlery.trust.publication.Material;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes the evidence of a bundle's images, of the same kinds as that of tools. Writes nowhere. */
final class BundleEvidence {
    private final Attestor attestor;

    BundleEvidence(Attestor attestor) {
        this.attestor = attestor;
    }

    List<Evidence> of(BundlePlan plan, BundleImage image) {
        Bytes sbom = BundleSbom.write(plan.bundle(), image);
        SortedMap<String, String> annotations = new TreeMap<>();
        for (String key : List.of(Annotations.CREATED, Annotations.VERSION)) {
            String value = image.manifest().manifest().annotations().get(key);
            if (value != null) {
                annotations.put(key, value);
            }
        }
        Descriptor manifest = image.manifest().descriptor();
        return attestor.of(manifest, sbom, publication(plan, image, sbom).statement(manifest
                .digest()), annotations);
    }

    private BundlePublication publication(BundlePlan plan, BundleImage image, Bytes sbom) {
        BundleSpec bundle = plan.bundle();
        List<Material> materials = new ArrayList<>();
        for (MemberImage member : image.members()) {
            materials.add(new Material(member.member().toString(), member.path(), member.manifest()
                    .digest()));
        }
        SortedMap<String, String> annotations = image.manifest().manifest().annotations();
        Digest.find(annotations.getOrDefault(BundleTypes.BASE_DIGEST, ""))
                .ifPresent(base -> materials.add(new Material("base image", annotations
                        .getOrDefault(BundleTypes.BASE_NAME, ""), base)));
        Digest lock = plan.lock().blobs().getLast().descriptor().digest();
        return new BundlePublication(bundle.name(), image.platform(), materials, List.of(
                new Material(bundle.name() + ".lock.json", "", lock), new Material(
                        Attestor.SBOM_NAME, "", sbom.digest())), attestor.program());
    }
}
