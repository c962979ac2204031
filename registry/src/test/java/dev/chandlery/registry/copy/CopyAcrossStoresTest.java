package dev.chandlery.registry.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.Registry;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.client.ClientOptions;
import dev.chandlery.oci.client.RemoteRegistry;
import dev.chandlery.oci.client.auth.CredentialProvider;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.oci.content.Source;
import dev.chandlery.oci.content.Target;
import dev.chandlery.oci.copy.Copier;
import dev.chandlery.oci.copy.CopyOptions;
import dev.chandlery.oci.copy.CopyOutcome;
import dev.chandlery.oci.copy.CopyOutcome.Copied;
import dev.chandlery.oci.copy.CopyRequest;
import dev.chandlery.oci.copy.CopyTotals;
import dev.chandlery.oci.embedded.EmbeddedRegistry;
import dev.chandlery.oci.embedded.RegistryHandle;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.TransportOptions;
import dev.chandlery.oci.store.LayoutStore;
import dev.chandlery.testkit.DistributionRegistry;
import dev.chandlery.testkit.ForeignArtifacts;
import dev.chandlery.testkit.RegistryOptions;
import dev.chandlery.testkit.Samples;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Copies between our registry, another one without referrers API, and a layout, in all directions. */
@Timeout(240)
class CopyAcrossStoresTest {
    private static final AtomicInteger STORES = new AtomicInteger();

    @TempDir
    private static Path folder;
    @AutoClose
    private static final HttpTransport TRANSPORT = new HttpTransport(TransportOptions.DEFAULT);
    @AutoClose
    private static RegistryHandle embedded;
    @AutoClose
    private static DistributionRegistry distribution;

    enum Kind {
        EMBEDDED, DISTRIBUTION, LAYOUT
    }

    @BeforeAll
    static void start() {
        embedded = EmbeddedRegistry.load().open(folder.resolve("registry"));
        distribution = DistributionRegistry.start(RegistryOptions.OPEN);
    }

    private static Target open(Kind kind) {
        String name = "store" + STORES.incrementAndGet();
        return switch (kind) {
            case EMBEDDED -> repository(embedded.registry(), name);
            case DISTRIBUTION -> repository(distribution.registry(), name);
            case LAYOUT -> LayoutStore.create(folder.resolve(name));
        };
    }

    private static Target repository(Registry registry, String name) {
        return new RemoteRegistry(registry, TRANSPORT, CredentialProvider.anonymous(),
                ClientOptions.DEFAULT).repository(new RepositoryName(name));
    }

    static Stream<Arguments> directions() {
        return Stream.of(Kind.values())
                .flatMap(from -> Stream.of(Kind.values()).map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest
    @MethodSource("directions")
    void everyByteArrives(Kind from, Kind to) {
        Target source = open(from);
        Target target = open(to);
        List<Tag> tags = ForeignArtifacts.pushAll(source);
        assertThat(copy(source, target, tags, new CopyTotals())).allMatch(
                Copied.class::isInstance);
        for (Tag tag : tags) {
            assertThat(content(target, tag)).isEqualTo(content(source, tag)).isNotEmpty();
        }
        CopyTotals again = new CopyTotals();
        assertThat(copy(source, target, tags, again)).allMatch(o -> o instanceof Copied copied
                && !copied.changed());
        assertThat(again.sent().blobs() + again.manifests() + again.tags()).isZero();
    }

    private static List<CopyOutcome> copy(Source source, Target target, List<Tag> tags,
            CopyTotals totals) {
        return new Copier(CopyOptions.DEFAULT, totals).copyAll(tags.stream()
                .map(tag -> CopyRequest.of(source, tag, target))
                .toList());
    }

    /** All bytes of the graph and of what is attached, by digest; with each subject its referrers. */
    private static Map<String, Object> content(Source store, Tag tag) {
        Map<String, Object> found = new LinkedHashMap<>();
        walk(store, Manifests.find(store, tag).orElseThrow(), found);
        return new TreeMap<>(found);
    }

    private static void walk(Source store, ManifestDocument manifest, Map<String, Object> found) {
        found.put(manifest.descriptor().mediaType() + " " + manifest.descriptor().digest(), manifest
                .raw());
        List<Descriptor> attached = store.referrerLister()
                .orElseThrow()
                .referrers(manifest
                        .descriptor()
                        .digest())
                .toList();
        found.put("attached to " + manifest.descriptor().digest(), attached.stream()
                .map(each -> each.digest() + " " + each.artifactType() + " " + each.annotations())
                .sorted()
                .toList());
        Stream.concat(attached.stream(), manifest.manifest().successors().stream())
                .filter(node -> !found.containsKey(node.mediaType() + " " + node.digest()))
                .forEach(node -> {
                    if (node.mediaType().isManifest()) {
                        walk(store, Manifests.fetch(store, node), found);
                    } else {
                        Bytes bytes = Samples.fetch(store, node);
                        found.put(node.mediaType() + " " + node.digest(), bytes);
                    }
                });
    }
}
