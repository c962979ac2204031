package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.registry.http.PortChoice;
import dev.chandlery.registry.http.SelfSigned;
import dev.chandlery.registry.http.ServerCertificate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** HTTPS, and both versions of HTTP. */
final class EncryptionTest {
    private static final List<String> NAMES = List.of("127.0.0.1", "localhost");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(value = HttpClient.Version.class, names = {"HTTP_1_1", "HTTP_2"})
    void speaksBothVersionsEncrypted(HttpClient.Version version) throws Exception {
        ServerCertificate certificate = SelfSigned.in(folder.resolve("tls"), NAMES, Clock
                .systemUTC());
        ServerOptions options = ServerOptions.loopback(PortChoice.ANY);
        Path storage = Files.createDirectory(folder.resolve("storage"));
        try (RunningRegistry registry = RunningRegistry.start(storage, options.withHttp(options
                .http()
                .withTls(certificate)));
                HttpClient client = HttpClient.newBuilder()
                        .version(version)
                        .sslContext(trusting(certificate))
                        .build()) {
            HttpResponse<String> answer = client.send(HttpRequest.newBuilder(URI.create("https://"
                    + registry.server().address() + "/v2/")).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.version()).isEqualTo(version);
            assertThat(answer.body()).isEqualTo("{}");
        }
    }

    @Test
    void keepsItsCertificateAndMakesAnotherForOtherNames() throws IOException {
        ServerCertificate first = SelfSigned.in(folder, NAMES, Clock.systemUTC());
        assertThat(SelfSigned.in(folder, NAMES, Clock.systemUTC()).chain()).isEqualTo(first
                .chain());
        assertThat(SelfSigned.in(folder, List.of("registry.example"), Clock.systemUTC()).chain())
                .isNotEqualTo(first.chain());
        assertThat(Files.getPosixFilePermissions(folder.resolve("tls.key"))).hasSize(2);
    }

    private static SSLContext trusting(ServerCertificate certificate)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("registry", certificate.chain().getFirst());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory
                .getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
