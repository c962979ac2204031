package dev.chandlery.oci.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.client.auth.CredentialProvider;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.TransportOptions;
import dev.chandlery.oci.json.ManifestWriter;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client against the distribution project's registry 2.8, which has no referrers API. */
class RemoteRepositoryTest {
    private static final MediaType LAYER = MediaType.OCTET_STREAM;
    private static final HttpTransport TRANSPORT = new HttpTransport(TransportOptions.DEFAULT);
    private static @Nullable DistributionProcess process;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        process = DistributionProcess.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        if (process != null) {
            process.close();
        }
        TRANSPORT.close();
    }

    @Test
    void whatIsPushedComesBackByDigestAndTag() throws Exception {
        RemoteRepository repository = repository("a/round", ClientOptions.DEFAULT);
        Bytes layer = random(300_000);
        ManifestDocument manifest = push(repository, layer, null);
        repository.tag(manifest.descriptor(), new Tag("v1"));

        assertThat(repository.find(new Tag("v1")).orElseThrow().digest()).isEqualTo(manifest
                .descriptor()
                .digest());
        assertThat(Manifests.find(repository, new Tag("v1")).orElseThrow().raw()).isEqualTo(manifest
                .raw());
        try (InputStream in = repository.fetch(Descriptor.of(LAYER, layer))) {
            assertThat(in.readAllBytes()).isEqualTo(layer.toArray());
        }
        assertThat(repository.find(new Tag("v2"))).isEmpty();
        assertThatThrownBy(() -> repository.fetch(Descriptor.of(LAYER, Bytes.ofUtf8("absent"))))
                .isInstanceOf(ContentNotFoundException.class);
    }

    @Test
    void contentThatDiffersIsNotStored() {
        RemoteRepository repository = repository("a/wrong", ClientOptions.DEFAULT);
        Descriptor expected = Descriptor.of(LAYER, Bytes.ofUtf8("right"));

        assertThatThrownBy(() -> repository.push(expected, Content.of(Bytes.ofUtf8("wrong"))))
                .isInstanceOf(ContentMismatchException.class)
                .hasMessageContaining(expected.digest().toString());
        assertThatThrownBy(() -> repository.push(expected, Content.of(Bytes.ofUtf8("longer"))))
                .isInstanceOf(ContentMismatchException.class);
        assertThat(repository.exists(expected)).isFalse();
    }

    @Test
    void chunksArriveWhole() {
        RemoteRepository repository = repository("a/chunks", ClientOptions.DEFAULT.withChunkBytes(
                100_000));
        Bytes layer = random(350_001);

        repository.push(Descriptor.of(LAYER, layer), Content.of(layer));

        assertThat(repository.exists(Descriptor.of(LAYER, layer))).isTrue();
    }

    @Test
    void allTagsAreListed() {
        ClientOptions two = ClientOptions.DEFAULT.withLimits(new ClientOptions.Limits(1 << 20,
                1 << 20, 10, 2));
        RemoteRepository repository = repository("a/tags", two);
        assertThat(repository.tags()).isEmpty();
        ManifestDocument manifest = push(repository, Bytes.ofUtf8("x"), null);
        List<Tag> tags = Stream.of("a", "b", "c", "d", "e").map(Tag::new).toList();
        tags.forEach(tag -> repository.tag(manifest.descriptor(), tag));

        assertThat(repository.tags()).containsExactlyInAnyOrderElementsOf(tags);
    }

    @Test
    void referrersAreListedUnderTheFallbackTag() {
        RemoteRepository repository = repository("a/referrers", ClientOptions.DEFAULT);
        ManifestDocument subject = push(repository, Bytes.ofUtf8("subject"), null);
        var lister = repository.referrerLister().orElseThrow();
        assertThat(lister.referrers(subject.descriptor().digest())).isEmpty();
        ManifestDocument one = push(repository, Bytes.ofUtf8("one"), subject.descriptor());
        ManifestDocument two = push(repository, Bytes.ofUtf8("two"), subject.descriptor());

        assertThat(lister.referrers(subject.descriptor().digest(), new MediaType("application/x")))
                .extracting(Descriptor::digest)
                .containsExactly(one.descriptor().digest(), two.descriptor().digest());
        assertThat(lister.referrers(subject.descriptor().digest(), new MediaType("application/y")))
                .isEmpty();
        repository.deleter().orElseThrow().delete(one.descriptor());
        assertThat(lister.referrers(subject.descriptor().digest())).extracting(Descriptor::digest)
                .containsExactly(two.descriptor().digest());
    }

    @Test
    void blobsAreMountedFromAnotherRepository() {
        RemoteRepository source = repository("a/source", ClientOptions.DEFAULT);
        RemoteRepository target = repository("a/target", ClientOptions.DEFAULT);
        Bytes layer = random(1000);
        Descriptor blob = Descriptor.of(LAYER, layer);
        source.push(blob, Content.of(layer));

        assertThat(target.mounter().orElseThrow().mount(blob, source.name())).isTrue();
        assertThat(target.exists(blob)).isTrue();
        assertThat(target.mounter()
                .orElseThrow()
                .mount(Descriptor.of(LAYER, random(5)), source
                        .name())).isFalse();
    }

    private static ManifestDocument push(RemoteRepository repository, Bytes layer,
            @Nullable Descriptor subject) {
        Descriptor blob = Descriptor.of(LAYER, layer);
        repository.push(Descriptor.EMPTY, Content.of(Bytes.ofUtf8("{}")));
        repository.push(blob, Content.of(layer));
        ManifestDocument manifest = ManifestWriter.write(new ImageManifest(MediaType.IMAGE_MANIFEST,
                new MediaType("application/x"), Descriptor.EMPTY, List.of(blob), subject,
                Annotations.none()));
        repository.push(manifest.descriptor(), Content.of(manifest.raw()));
        return manifest;
    }

    private static RemoteRepository repository(String name, ClientOptions options) {
        return new RemoteRegistry(java.util.Objects.requireNonNull(process).registry(), TRANSPORT,
                CredentialProvider.anonymous(), options).repository(new RepositoryName(name));
    }

    private static Bytes random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Bytes.of(bytes);
    }
}
