package dev.chandlery.testkit.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.client.ClientOptions;
import dev.chandlery.oci.client.RemoteRegistry;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.client.auth.CredentialProvider;
import dev.chandlery.oci.client.auth.Credentials;
import dev.chandlery.oci.copy.Copier;
import dev.chandlery.oci.copy.CopyOptions;
import dev.chandlery.oci.copy.CopyOutcome.Copied;
import dev.chandlery.oci.copy.CopyRequest;
import dev.chandlery.testkit.Samples;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a registry does in its own way, all arrives: with its referrers, and under all tags. */
final class CopyBetweenDifferentRegistriesTest extends HostileFixture {
    private static final Bytes LARGE = large();
    private static final int MANY_TAGS = 130;

    @AutoClose
    private final HostileRegistry target = HostileRegistry.start();

    private static Bytes large() {
        byte[] bytes = new byte[1_000_000];
        new Random(1).nextBytes(bytes);
        return Bytes.of(bytes);
    }

    @ParameterizedTest
    @EnumSource
    void asSource(Difference difference) {
        fill();
        difference.applyTo(registry);
        assertAllIsCopied(options());
    }

    @ParameterizedTest
    @EnumSource
    void asTarget(Difference difference) {
        fill();
        difference.applyTo(target);
        assertAllIsCopied(options());
    }

    @ParameterizedTest
    @EnumSource
    void asTargetOfChunks(Difference difference) {
        fill();
        difference.applyTo(target);
        assertAllIsCopied(options().withChunkBytes(500_000));
    }

    @ParameterizedTest
    @EnumSource
    void asSourceAndTargetOfASecondRunThatSendsNothing(Difference difference) {
        fill();
        difference.applyTo(target);
        assertAllIsCopied(options());
        difference.applyTo(registry);
        int before = target.requests("PUT", ".*").size();
        assertAllIsCopied(options());
        assertThat(target.requests("PUT", ".*")).hasSize(before);
    }

    /** ECR: no push makes a repository. */
    @Test
    void aRepositoryThatMustBeCreatedFirst() {
        fill();
        target.always("POST", ".*", _ -> Answer.error(404, "NAME_UNKNOWN"));
        assertThat(failure()).isInstanceOf(OciException.class)
                .hasMessageContaining("create it first");
        assertThat(target.plain().isEmpty()).isTrue();
    }

    /** Docker Hub, Harbor: names have just two levels, and what is deeper is denied. */
    @Test
    void namesThatAreTooDeep() {
        fill();
        List.of("POST", "PUT")
                .forEach(method -> target.always(method, ".*", _ -> Answer.error(403, "DENIED")));
        assertThat(failure()).isInstanceOf(OciException.class)
                .hasMessageContaining("test/a")
                .hasMessageContaining("403 DENIED");
        assertThat(target.plain().isEmpty()).isTrue();
    }

    private Throwable failure() {
        CopyRequest request = CopyRequest.of(repository(registry, options()), new Tag("latest"),
                repository(target, options()));
        return catchThrowable(() -> new Copier(CopyOptions.DEFAULT, _ -> {}).copy(request));
    }

    /** An image with many tags, one large layer, and one referrer. */
    private void fill() {
        RemoteRepository source = client(options().withChunkBytes(0));
        registry.plain().put(Bytes.ofUtf8("{}"));
        ManifestDocument image = Samples.image(Descriptor.EMPTY, registry.plain().put(LARGE));
        IntStream.range(0, MANY_TAGS).forEach(i -> registry.plain().tag(image, "t" + (1000 + i)));
        Descriptor subject = Samples.plain(image.descriptor());
        Samples.push(source, Samples.attached(subject, Samples.ARTIFACT, Map.of()));
    }

    private void assertAllIsCopied(ClientOptions options) {
        RemoteRepository from = repository(registry, options);
        RemoteRepository to = repository(target, options);
        List<Tag> tags = List.of(new Tag("t1000"), new Tag("t1129"), new Tag("latest"));
        List<CopyRequest> requests = tags.stream()
                .map(tag -> CopyRequest.of(from, tag, to))
                .toList();
        assertThat(new Copier(CopyOptions.DEFAULT, _ -> {}).copyAll(requests)).allSatisfy(
                outcome -> assertThat(outcome).isInstanceOf(Copied.class));
        assertThat(target.plain().tags()).contains("t1000", "t1129", "latest");
        assertThat(target.plain().has(LARGE.digest())).isTrue();
        Descriptor root = from.find(tags.getFirst()).orElseThrow();
        try (Stream<Descriptor> referrers = to.referrerLister()
                .orElseThrow()
                .referrers(root
                        .digest())) {
            assertThat(referrers).hasSize(1);
        }
    }

    private RemoteRepository repository(HostileRegistry of, ClientOptions options) {
        CredentialProvider password = _ -> new Credentials.Password("user", "canary");
        return new RemoteRegistry(of.registry(), transport, password, options).repository(
                new RepositoryName("test/a"));
    }
}
