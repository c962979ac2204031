package dev.chandlery.registry.http;

import dev.chandlery.oci.StorageException;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate that a registry made for itself, kept in {@code tls.crt} and {@code tls.key} of a folder, so
 * that clients which were told to trust it go on doing so after a restart.
 */
public final class SelfSigned {
    /** File that clients are given to trust. */
    public static final String CERTIFICATE_FILE = "tls.crt";

    private static final String KEY_FILE = "tls.key";
    /** The longest that common clients accept. */
    private static final Duration LIFETIME = Duration.ofDays(825);
    private static final Duration RENEWAL = Duration.ofDays(30);
    private static final int SERIAL_BITS = 120;

    private SelfSigned() {}

    /**
     * The folder's certificate; made when there is none, or when it is about to expire.
     *
     * @param names host names and literal addresses that clients connect to
     * @throws StorageException when the folder cannot be used
     */
    public static ServerCertificate in(Path folder, List<String> names, Clock clock) {
        Path certificate = folder.resolve(CERTIFICATE_FILE);
        Path key = folder.resolve(KEY_FILE);
        if (Files.exists(certificate) && Files.exists(key)) {
            ServerCertificate kept = ServerCertificate.ofPem(certificate, key);
            if (isGood(kept, names, clock.instant().plus(RENEWAL))) {
                return kept;
            }
        }
        try {
            Files.createDirectories(folder);
            make(certificate, key, names, clock.instant());
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new StorageException("cannot make certificate " + certificate + ": " + e
                    .getMessage(), e);
        }
        return ServerCertificate.ofPem(certificate, key);
    }

    private static boolean isGood(ServerCertificate kept, List<String> names, Instant until) {
        try {
            kept.chain().getFirst().checkValidity(Date.from(until));
            var alternatives = kept.chain().getFirst().getSubjectAlternativeNames();
            return alternatives != null && names.stream()
                    .allMatch(name -> alternatives.stream()
                            .anyMatch(a -> String.valueOf(a.get(1)).equals(name)));
        } catch (CertificateException _) {
            return false; // expired, or not one of ours: a new one is made
        }
    }

    private static void make(Path certificate, Path key, List<String> names, Instant now)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        X500Name subject = new X500Name("CN=" + names.getFirst());
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(subject,
                new BigInteger(SERIAL_BITS, new SecureRandom()), Date.from(now.minus(Duration
                        .ofHours(1))), Date.from(now.plus(LIFETIME)), subject, pair.getPublic());
        builder.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(
                KeyPurposeId.id_kp_serverAuth));
        X509CertificateHolder made = builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                .build(pair.getPrivate()));
        writePrivately(key, pem(new JcaPKCS8Generator(pair.getPrivate(), null)));
        Files.writeString(certificate, pem(made));
    }

    private static GeneralNames alternatives(List<String> names) {
        return new GeneralNames(names.stream()
                .map(name -> new GeneralName(isAddress(name)
                        ? GeneralName.iPAddress
                        : GeneralName.dNSName, name))
                .toArray(GeneralName[]::new));
    }

    private static boolean isAddress(String name) {
        return name.indexOf(':') >= 0 || name.matches("\\d+(\\.\\d+){3}");
    }

    private static String pem(Object content) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(content);
        }
        return text.toString();
    }

    private static void writePrivately(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions
                    .fromString("rw-------")));
        }
        Files.writeString(file, text);
    }
}
