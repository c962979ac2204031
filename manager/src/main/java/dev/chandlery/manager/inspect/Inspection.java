package dev.chandlery.manager.inspect;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.oci.json.Fields;
import dev.chandlery.oci.json.StrictJson;
import dev.chandlery.trust.publication.EvidenceKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a manifest, what is below it and what is attached to it, within limits. Used once. */
final class Inspection {
    private static final int MOST_MANIFESTS = 2000;
    private static final int MOST_DEPTH = 4;
    private static final int MOST_SBOM = 16 * 1024 * 1024;

    private final RemoteRepository repository;
    private int seen;

    Inspection(RemoteRepository repository) {
        this.repository = repository;
    }

    /** @throws LimitExceededException when there is too much to be shown */
    Inspected read(Descriptor manifest) {
        return read(manifest, 0);
    }

    private Inspected read(Descriptor manifest, int depth) {
        seen++;
        if (seen > MOST_MANIFESTS) {
            throw new LimitExceededException("cannot show " + manifest.digest() + ": more than "
                    + MOST_MANIFESTS + " manifests belong to it");
        }
        ManifestDocument document = Manifests.fetch(repository, manifest);
        List<Inspected> below = new ArrayList<>();
        List<Inspected> attached = new ArrayList<>();
        if (depth < MOST_DEPTH) {
            if (document.manifest() instanceof ImageIndex index) {
                index.manifests()
                        .stream()
                        .filter(each -> each.mediaType().isManifest())
                        .forEach(each -> below.add(read(each, depth + 1)));
            }
            referrers(manifest).forEach(each -> attached.add(read(each, depth + 1)));
        }
        return new Inspected(manifest, document, files(attached), below, attached);
    }

    private List<Descriptor> referrers(Descriptor subject) {
        return repository.referrerLister().map(lister -> {
            try (Stream<Descriptor> all = lister.referrers(subject.digest())) {
                return all.limit(MOST_MANIFESTS).toList();
            }
        }).orElse(List.of());
    }

    /** Of the SBOM; one that cannot be understood names none. */
    private List<String> files(List<Inspected> attached) {
        for (Inspected each : attached) {
            if (each.kind().equals(Optional.of(EvidenceKind.SBOM)) && !each.blobs().isEmpty()) {
                return files(each.blobs().getLast());
            }
        }
        return List.of();
    }

    private List<String> files(Descriptor sbom) {
        if (sbom.size() > MOST_SBOM) {
            return List.of();
        }
        try (InputStream in = repository.fetch(sbom)) {
            Fields root = new Fields(StrictJson.readObject(Bytes.of(in.readAllBytes()), "SBOM"),
                    "SBOM");
            return root.objects("components")
                    .stream()
                    .filter(each -> each.text("type").equals(Optional.of("file")))
                    .map(each -> each.text("name").orElse(""))
                    .sorted()
                    .toList();
        } catch (MalformedContentException _) {
            return List.of();
        } catch (IOException e) {
            throw new TransferException("cannot read SBOM " + sbom.digest() + " from " + repository
                    + ": " + e.getMessage(), e, true);
        }
    }
}
