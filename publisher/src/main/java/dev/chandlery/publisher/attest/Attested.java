package dev.chandlery.publisher.attest;

import dev.chandlery.config.proof.Rung;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.publisher.pack.PackedTool;
import dev.chandlery.trust.publication.Material;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * A tool for one platform of which evidence is made.
 *
 * @param tool from registry.yaml
 * @param platform that it is for
 * @param packed as it was packed in this run, of an asset that was verified in this run
 * @param assetName upstream's
 * @param minimum rung that the policy asked for
 */
public record Attested(ToolSpec tool, PlatformName platform, PackedTool packed, String assetName,
        Rung minimum) {

    /** The manifest that evidence is attached to. */
    Descriptor subject() {
        return packed.image().manifest().descriptor();
    }

    SortedMap<String, String> annotations() {
        return packed.evidence().manifest().manifest().annotations();
    }

    String annotation(String key) {
        return annotations().getOrDefault(key, "");
    }

    Digest assetDigest() {
        return Digest.parse(annotation(Annotations.UPSTREAM_DIGEST));
    }

    /** The asset, then the files that proved it. */
    List<Material> materials() {
        List<Material> all = new ArrayList<>();
        all.add(new Material(assetName, annotation(Annotations.UPSTREAM_URL), assetDigest()));
        for (Descriptor file : proofs()) {
            all.add(new Material(file.annotations().getOrDefault(Annotations.TITLE, ""), "", file
                    .digest()));
        }
        return all;
    }

    /** Upstream's checksum and signature files, as they are attached. */
    List<Descriptor> proofs() {
        List<Descriptor> files = new ArrayList<>(packed.evidence()
                .manifest()
                .manifest()
                .successors());
        packed.evidence().manifest().manifest().subjectDescriptor().ifPresent(files::remove);
        files.removeIf(file -> file.digest().equals(assetDigest()) || !file.annotations()
                .containsKey(Annotations.TITLE));
        return files;
    }
}
