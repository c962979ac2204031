package dev.chandlery.scheduler.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.config.operation.AlertsSpec.Mail;
import dev.chandlery.config.operation.AlertsSpec.MailServer;
import dev.chandlery.config.operation.AlertsSpec.Security;
import dev.chandlery.config.value.SecretReference;
import dev.chandlery.oci.TransferException;
import dev.chandlery.scheduler.history.Deliveries.Pending;
import dev.chandlery.scheduler.history.Incident;
import dev.chandlery.scheduler.job.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.SocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mail goes to the server that was meant, unread by others, or not at all. */
class MailChannelTest {
    private static final Instant TIME = Instant.parse("2026-01-05T06:00:00Z");
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    static Path folder;

    private static SSLContext right;
    private static SSLContext otherName;

    @BeforeAll
    static void makeKeys() throws Exception {
        right = context("right", "ip:127.0.0.1");
        otherName = context("other", "dns:mail.example");
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS", "STARTTLS"})
    void mailIsSentInPrivate(Security security) throws IOException {
        try (SmtpServer server = SmtpServer.start(right, privacy(security))) {
            channel(server, security, "s3cret", right.getSocketFactory()).send(message("publish"));

            assertThat(server.mails()).singleElement()
                    .asString()
                    .contains("From: robot@example.com", "To: ops@example.com",
                            "job publish fails", "since 2026-01-05T06:00:00Z",
                            "Message-ID: <" + EventKeys.of(message("publish")) + "@example.com>");
            assertThat(server.open()).allMatch(line -> line.matches("(EHLO .*|STARTTLS)"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS", "STARTTLS"})
    void whomNobodyVouchesForGetsNothing(Security security) throws IOException {
        try (SmtpServer server = SmtpServer.start(right, privacy(security))) {
            MailChannel channel = channel(server, security, "s3cret", SSLSocketFactory
                    .getDefault());
            assertRefused(server, channel);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS", "STARTTLS"})
    void aServerOfAnotherNameGetsNothing(Security security) throws IOException {
        try (SmtpServer server = SmtpServer.start(otherName, privacy(security))) {
            assertRefused(server, channel(server, security, "s3cret", otherName
                    .getSocketFactory()));
        }
    }

    @Test
    void withoutStarttlsNothingIsSent() throws IOException {
        try (SmtpServer server = SmtpServer.start(right, SmtpServer.Privacy.NEVER)) {
            assertRefused(server, channel(server, Security.STARTTLS, "s3cret", right
                    .getSocketFactory()));
        }
    }

    @Test
    void aWrongPasswordIsToldAndNotShown() throws IOException {
        try (SmtpServer server = SmtpServer.start(right, SmtpServer.Privacy.FROM_THE_START)) {
            MailChannel channel = channel(server, Security.TLS, "hunter22", right
                    .getSocketFactory());
            assertThatThrownBy(() -> channel.send(message("publish"))).isInstanceOf(
                    TransferException.class)
                    .hasMessageContaining("cannot send a mail by 127.0.0.1:" + server.port())
                    .hasMessageContaining("535 5.7.8 wrong user or password")
                    .hasMessageNotContaining("hunter22");
            assertThat(channel.toString()).doesNotContain("hunter22");
            assertThat(server.mails()).isEmpty();
        }
    }

    @Test
    void namesOfOthersMakeNoHeaders() throws IOException {
        try (SmtpServer server = SmtpServer.start(right, SmtpServer.Privacy.FROM_THE_START)) {
            channel(server, Security.TLS, "s3cret", right.getSocketFactory()).send(message(
                    "a\r\nBcc: all@example.com\r\n\r\nforged\u0085\u2028Cc: x@example.com"));

            String mail = server.mails().getFirst();
            String head = mail.substring(0, mail.indexOf("\n\n"));
            assertThat(head.lines()).noneMatch(line -> line.matches("(?i)(bcc|cc):.*"))
                    .anyMatch(line -> line.startsWith("Auto-Submitted: auto-generated"));
            assertThat(server.commands()).filteredOn(line -> line.startsWith("RCPT")).hasSize(1);
        }
    }

    private static void assertRefused(SmtpServer server, MailChannel channel) {
        assertThatThrownBy(() -> channel.send(message("publish"))).isInstanceOf(
                TransferException.class)
                .hasMessageContaining("cannot send a mail by 127.0.0.1:" + server.port());
        assertThat(server.mails()).isEmpty();
        assertThat(server.commands()).noneMatch(line -> line.startsWith("AUTH") || line
                .startsWith("MAIL"));
    }

    private static SmtpServer.Privacy privacy(Security security) {
        return security == Security.TLS
                ? SmtpServer.Privacy.FROM_THE_START
                : SmtpServer.Privacy.WHEN_ASKED;
    }

    private static MailChannel channel(SmtpServer server, Security security, String password,
            SocketFactory sockets) {
        MailServer spec = new MailServer("127.0.0.1", server.port(), security, Optional.of("robot"),
                Optional.of(SecretReference.parse("${env:MAIL}")));
        return new MailChannel(new Mail(spec, "robot@example.com", List.of("ops@example.com")),
                _ -> password, sockets);
    }

    private static Message message(String job) {
        Finding finding = new Finding(Finding.Kind.JOB, job, "cannot reach it");
        return new Message("registry.example/tools", List.of(new Pending(new Incident(1, finding,
                TIME, TIME, Optional.empty()), false)), TIME);
    }

    /** Of a server of that name, whom clients with the same context trust. */
    private static SSLContext context(String name, String alternative) throws IOException,
            GeneralSecurityException, InterruptedException {
        Path file = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin",
                "keytool").toString(), "-genkeypair", "-alias", "mail", "-keyalg", "EC", "-dname",
                "CN=" + name, "-ext", "san=" + alternative, "-validity", "2", "-storetype",
                "PKCS12", "-keystore", file.toString(), "-storepass", new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream input = Files.newInputStream(file)) {
            keys.load(input, PASSWORD);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory
                .getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("mail", keys.getCertificate("mail"));
        TrustManagerFactory others = TrustManagerFactory.getInstance(TrustManagerFactory
                .getDefaultAlgorithm());
        others.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), others.getTrustManagers(), null);
        return context;
    }
}
