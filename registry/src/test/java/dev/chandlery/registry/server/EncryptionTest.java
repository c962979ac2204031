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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        try (RunningRegistry registry = start(certificate);
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

    /** RFC 7301, section 3.2: as curl --http1.1 and most libraries do, which know no HTTP/2. */
    @ParameterizedTest
    @CsvSource({"http/1.1, http/1.1", "'h2,http/1.1', h2", "'http/1.1,h2', h2", "'', ''"})
    void agreesOnAVersionWithWhateverAClientOffers(String offered, String chosen)
            throws Exception {
        ServerCertificate certificate = SelfSigned.in(folder.resolve("tls"), NAMES, Clock
                .systemUTC());
        try (RunningRegistry registry = start(certificate);
                SSLSocket socket = (SSLSocket) trusting(certificate).getSocketFactory()
                        .createSocket("127.0.0.1", registry.server().address().port())) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(offered.isEmpty()
                    ? new String[0]
                    : offered.split(","));
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            assertThat(socket.getApplicationProtocol()).isEqualTo(chosen);
            if (!chosen.equals("h2")) {
                socket.getOutputStream()
                        .write("GET /v2/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(socket.getInputStream().readAllBytes(),
                        StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    private RunningRegistry start(ServerCertificate certificate) throws IOException {
        ServerOptions options = ServerOptions.loopback(PortChoice.ANY);
        return RunningRegistry.start(Files.createDirectory(folder.resolve("storage")), options
                .withHttp(options.http().withTls(certificate)));
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
