package dev.chandlery.dist.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.Manifest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.oci.json.ManifestWriter;
import dev.chandlery.trust.publication.EvidenceKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Somebody who may write to the registry, knows how all of it fits together, and has no key. */
final class Forger {
    private final RemoteRepository repository;

    Forger(RemoteRepository repository) {
        this.repository = repository;
    }

    /**
     * What is changed.
     *
     * @param image of the platform
     * @param sbom text of it
     * @param provenance text of it, which is about the new image already
     */
    record Forgery(UnaryOperator<ImageManifest> image, UnaryOperator<String> sbom,
            UnaryOperator<String> provenance) {
        static Forgery of(UnaryOperator<ImageManifest> image) {
            return new Forgery(image, text -> text, text -> text);
        }
    }

    /** Puts another image in the place of a platform's, with all of its evidence, and an index over it. */
    void forge(Tag version, Tag platform, Forgery forgery) {
        Descriptor old = repository.resolve(platform);
        Descriptor image = push(forgery.image().apply(read(old)));
        List<Descriptor> there = Shop.referrers(repository, old.digest());
        reattach(there, EvidenceKind.UPSTREAM, image, (_, text) -> text);
        Digest[] sboms = new Digest[2];
        reattach(there, EvidenceKind.SBOM, image, (blob, text) -> {
            String changed = forgery.sbom().apply(text);
            sboms[0] = blob;
            sboms[1] = Bytes.ofUtf8(changed).digest();
            return changed;
        });
        reattach(there, EvidenceKind.PROVENANCE, image, (_, text) -> forgery.provenance()
                .apply(text.replace(old.digest().encoded(), image.digest().encoded())
                        .replace(sboms[0].encoded(), sboms[1].encoded())));
        repository.tag(image, platform);
        exchange(version, old, image);
    }

    /** Puts another manifest into the place of a platform's in an index. */
    void exchange(Tag version, Tag platform, Descriptor by) {
        exchange(version, repository.resolve(platform), by);
        repository.tag(by, platform);
    }

    private void exchange(Tag version, Descriptor old, Descriptor by) {
        ImageIndex index = (ImageIndex) Manifests.fetch(repository, repository.resolve(version))
                .manifest();
        List<Descriptor> manifests = new ArrayList<>();
        for (Descriptor each : index.manifests()) {
            manifests.add(each.digest().equals(old.digest())
                    ? new Descriptor(by.mediaType(), by.digest(), by.size(), each.annotations(),
                            each.artifactType(), each.platform(), List.of(), null)
                    : each);
        }
        repository.tag(push(new ImageIndex(index.mediaType(), index.artifactType(), manifests, index
                .subject(), index.annotations())), version);
    }

    /** Attaches copies of all evidence that is not signed, with other annotations and a higher rung. */
    void attachMore(Tag platform, String note) {
        Descriptor subject = repository.resolve(platform);
        for (Descriptor each : Shop.referrers(repository, subject.digest())) {
            ImageManifest manifest = read(each);
            SortedMap<String, String> annotations = new TreeMap<>(manifest.annotations());
            annotations.put("com.example.note", note);
            annotations.replace(Annotations.TRUST_RUNG, "signature");
            if (EvidenceKind.of(each).filter(kind -> !kind.isSigned()).isPresent()) {
                push(new ImageManifest(manifest.mediaType(), manifest.artifactType(), manifest
                        .config(), List.of(blob(manifest.layers().getLast(), Bytes.ofUtf8(note))),
                        manifest.subject(), annotations));
            }
        }
    }

    /** Changes the text of a file. */
    private interface Change {
        String apply(Digest old, String text);
    }

    private void reattach(List<Descriptor> there, EvidenceKind kind, Descriptor subject,
            Change change) {
        for (Descriptor each : there) {
            if (EvidenceKind.of(each).filter(kind::equals).isPresent()) {
                ImageManifest manifest = read(each);
                List<Descriptor> layers = new ArrayList<>();
                for (Descriptor layer : manifest.layers()) {
                    layers.add(kind == EvidenceKind.UPSTREAM
                            ? layer
                            : blob(layer, Bytes.ofUtf8(change.apply(layer.digest(), content(layer)
                                    .utf8()))));
                }
                push(new ImageManifest(manifest.mediaType(), manifest.artifactType(), manifest
                        .config(), layers, Descriptor.of(subject.mediaType(), subject.digest(),
                                subject.size()),
                        manifest.annotations()));
            }
        }
    }

    /** Pushes content in the place of other content. */
    Descriptor blob(Descriptor like, Bytes content) {
        Descriptor changed = Descriptor.of(like.mediaType(), content)
                .withAnnotations(like.annotations());
        repository.push(changed, Content.of(content));
        return changed;
    }

    Bytes content(Descriptor blob) {
        try (var in = repository.fetch(blob)) {
            return Bytes.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Takes files away from the evidence of upstream.
     *
     * @param isTaken says of a file's name whether it is to go
     */
    void rob(Tag platform, Predicate<String> isTaken) {
        change(platform, EvidenceKind.UPSTREAM, manifest -> manifest.layers()
                .stream()
                .filter(layer -> !isTaken.test(layer.annotations()
                        .getOrDefault(Annotations.TITLE, "")))
                .toList());
    }

    /** Puts another content into the place of a file of the evidence of upstream. */
    void exchangeText(Tag platform, String file, String text) {
        change(platform, EvidenceKind.UPSTREAM, manifest -> manifest.layers()
                .stream()
                .map(layer -> file.equals(layer.annotations().get(Annotations.TITLE))
                        ? blob(layer, Bytes.ofUtf8(text))
                        : layer)
                .toList());
    }

    /** Takes all proofs out of provenance, so that it fits evidence without any. */
    void robProvenance(Tag platform) {
        change(platform, EvidenceKind.PROVENANCE, manifest -> List.of(blob(manifest.layers()
                .getLast(), Bytes.ofUtf8(withoutProofs(content(manifest.layers().getLast()))))));
    }

    private void change(Tag platform, EvidenceKind kind,
            Function<ImageManifest, List<Descriptor>> layers) {
        Descriptor subject = repository.resolve(platform);
        for (Descriptor each : Shop.referrers(repository, subject.digest())) {
            if (EvidenceKind.of(each).filter(kind::equals).isPresent()) {
                ImageManifest manifest = read(each);
                repository.deleter().orElseThrow().delete(each);
                push(new ImageManifest(manifest.mediaType(), manifest.artifactType(), manifest
                        .config(), layers.apply(manifest), manifest.subject(), manifest
                                .annotations()));
            }
        }
    }

    private static String withoutProofs(Bytes provenance) {
        try {
            JsonNode statement = new JsonMapper().readTree(provenance.utf8());
            ArrayNode materials = (ArrayNode) statement.at(
                    "/predicate/buildDefinition/resolvedDependencies");
            while (materials.size() > 1) {
                materials.remove(1);
            }
            return statement.toString();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ImageManifest read(Descriptor manifest) {
        return (ImageManifest) Manifests.fetch(repository, manifest).manifest();
    }

    private Descriptor push(Manifest manifest) {
        ManifestDocument document = ManifestWriter.write(manifest);
        repository.push(document.descriptor(), Content.of(document.raw()));
        return document.descriptor();
    }
}
