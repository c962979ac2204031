package dev.chandlery.oci.http;

import dev.chandlery.oci.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Trusts the system's certificates and those of PEM files. */
final class ExtraTrust {
    private ExtraTrust() {}

    static X509TrustManager of(List<Path> files) {
        try {
            List<Certificate> all = new ArrayList<>(List.of(system().getAcceptedIssuers()));
            for (Path file : files) {
                all.addAll(read(file));
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < all.size(); i++) {
                store.setCertificateEntry("certificate-" + i, all.get(i));
            }
            return managerOf(store);
        } catch (GeneralSecurityException | IOException e) {
            throw new StorageException("cannot prepare the trusted certificates: " + e.getMessage(),
                    e);
        }
    }

    static SSLContext context(X509TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[]{trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform provides TLS", e);
        }
    }

    private static List<X509Certificate> read(Path file) throws GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (IOException e) {
            throw new StorageException("cannot read certificates " + file + ": " + e.getMessage(),
                    e);
        }
    }

    private static X509TrustManager system() throws GeneralSecurityException {
        return managerOf(null);
    }

    private static X509TrustManager managerOf(@Nullable KeyStore store)
            throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory
                .getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager found) {
                return found;
            }
        }
        throw new GeneralSecurityException("no X.509 trust manager");
    }
}
