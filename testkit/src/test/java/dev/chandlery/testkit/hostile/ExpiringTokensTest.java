package dev.chandlery.testkit.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.client.ClientOptions;
import dev.chandlery.oci.client.RemoteRegistry;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.client.auth.FixedCredentials;
import dev.chandlery.oci.copy.Copier;
import dev.chandlery.oci.copy.CopyOptions;
import dev.chandlery.oci.copy.CopyOutcome;
import dev.chandlery.oci.copy.CopyRequest;
import dev.chandlery.testkit.Samples;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Tokens that die in the middle of a copy: it gets another one, reads the source again, and goes on. */
final class ExpiringTokensTest extends HostileFixture {
    private static final Tag LATEST = new Tag("latest");
    private static final Bytes LAYER = Samples.bytes(7, 90_000);

    @AutoClose
    private final HostileRegistry target = HostileRegistry.start();

    /** A token server that counts, and a registry that believes its tokens until they are revoked. */
    private static final class Tokens {
        private final HostileRegistry of;
        private final AtomicInteger given = new AtomicInteger();
        private final Set<String> valid = ConcurrentHashMap.newKeySet();

        Tokens(HostileRegistry of) {
            this.of = of;
            of.always("GET", "/token", _ -> {
                String token = "t" + given.incrementAndGet();
                valid.add("Bearer " + token);
                return Answer.of(200, "{\"token\":\"" + token + "\",\"expires_in\":3600}");
            });
        }

        /** From now on, so that rules that were made before go first. */
        void guard() {
            for (String method : List.of("GET", "HEAD", "POST", "PUT", "PATCH")) {
                of.when(method, request -> request.target().getPath().startsWith("/v2/")
                        && !valid.contains(request.header("Authorization").orElse("")),
                        _ -> challenge());
            }
        }

        Answer challenge() {
            return Answer.error(401, "UNAUTHORIZED")
                    .with("WWW-Authenticate", "Bearer realm=\"" + of.uri("/token")
                            + "\",service=\"test\"");
        }

        void revoke() {
            valid.clear();
        }
    }

    private final Tokens ofSource = new Tokens(registry);
    private final Tokens ofTarget = new Tokens(target);

    private CopyOutcome copy(ClientOptions options) {
        registry.plain().put(Bytes.ofUtf8("{}"));
        registry.plain().put(Samples.image(Descriptor.EMPTY, registry.plain().put(LAYER)));
        ofSource.guard();
        ofTarget.guard();
        return new Copier(CopyOptions.DEFAULT.withJobs(1), _ -> {}).copyAll(List.of(CopyRequest.of(
                repository(registry, options), LATEST, repository(target, options)))).getFirst();
    }

    private RemoteRepository repository(HostileRegistry of, ClientOptions options) {
        return new RemoteRegistry(of.registry(), transport, FixedCredentials.of(of.registry(), "me",
                "secret"), options).repository(new RepositoryName("test/a"));
    }

    private boolean isLayer(Request request) {
        return request.target().toString().contains(LAYER.digest().encoded());
    }

    @Test
    void atTheTargetWhenTheBodyWasRead() {
        AtomicInteger puts = new AtomicInteger();
        target.when("PUT", request -> isLayer(request) && puts.getAndIncrement() == 0, _ -> {
            ofTarget.revoke();
            return ofTarget.challenge();
        });
        assertThat(copy(options())).isInstanceOf(CopyOutcome.Copied.class);
        assertThat(puts).hasValue(2);
        assertThat(target.plain().has(LAYER.digest())).isTrue();
        assertThat(target.requests("PUT", MANIFEST)).hasSize(1);
    }

    @Test
    void atTheTargetByAResetBeforeTheAnswerCanBeRead() {
        AtomicInteger puts = new AtomicInteger();
        target.when("PUT", request -> isLayer(request) && puts.getAndIncrement() == 0, _ -> {
            ofTarget.revoke();
            return ofTarget.challenge().delivered(new Answer.Delivery.Reset(0));
        });
        assertThat(copy(options())).isInstanceOf(CopyOutcome.Copied.class);
        assertThat(target.plain().has(LAYER.digest())).isTrue();
    }

    @Test
    void atTheTargetBetweenChunks() {
        AtomicInteger patches = new AtomicInteger();
        target.when("PATCH", _ -> patches.getAndIncrement() == 1, _ -> {
            ofTarget.revoke();
            return ofTarget.challenge();
        });
        assertThat(copy(options().withChunkBytes(20_000))).isInstanceOf(CopyOutcome.Copied.class);
        assertThat(patches.get()).isGreaterThan(2);
        assertThat(target.plain().has(LAYER.digest())).isTrue();
    }

    @Test
    void atTheSourceWhichBreaksOffToo() {
        AtomicInteger gets = new AtomicInteger();
        registry.when("GET", request -> isLayer(request) && gets.getAndIncrement() == 0,
                request -> {
                    Answer whole = registry.plain().answer(request);
                    ofSource.revoke();
                    return whole.delivered(new Answer.Delivery.Cut(30_000));
                });
        assertThat(copy(options())).isInstanceOf(CopyOutcome.Copied.class);
        assertThat(target.plain().has(LAYER.digest())).isTrue();
    }

    @Test
    void atBothSidesAtOnce() {
        AtomicInteger puts = new AtomicInteger();
        target.when("PUT", request -> isLayer(request) && puts.getAndIncrement() == 0, _ -> {
            ofTarget.revoke();
            ofSource.revoke();
            return ofTarget.challenge();
        });
        assertThat(copy(options())).isInstanceOf(CopyOutcome.Copied.class);
        assertThat(target.plain().has(LAYER.digest())).isTrue();
        assertThat(registry.requests("GET", "/token").size()).isGreaterThan(1);
    }
}
