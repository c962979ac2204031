package dev.chandlery.registry.http;

import dev.chandlery.oci.StorageException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/**
 * A certificate with its chain and private key, as TLS servers show it.
 *
 * @param chain the server's own first
 * @param key of the first
 */
public record ServerCertificate(List<X509Certificate> chain, PrivateKey key) {
    private static final String ALIAS = "server";

    public ServerCertificate {
        chain = List.copyOf(chain);
    }

    /**
     * Reads PEM files.
     *
     * @param certificates the server's certificate first, then the chain
     * @param key PKCS#8, PKCS#1 or SEC 1, not encrypted
     * @throws StorageException when they cannot be read, or do not belong together
     */
    public static ServerCertificate ofPem(Path certificates, Path key) {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            for (Object entry : entries(certificates)) {
                if (entry instanceof X509CertificateHolder holder) {
                    chain.add(new JcaX509CertificateConverter().getCertificate(holder));
                }
            }
            if (chain.isEmpty()) {
                throw new PEMException("it holds no certificate");
            }
        } catch (IOException | GeneralSecurityException e) {
            throw failed("certificate", certificates, e);
        }
        try {
            ServerCertificate read = new ServerCertificate(chain, privateKey(key));
            read.requireMatch();
            return read;
        } catch (IOException | GeneralSecurityException e) {
            throw failed("private key", key, e);
        }
    }

    private static List<Object> entries(Path file) throws IOException {
        List<Object> entries = new ArrayList<>();
        try (Reader text = Files.newBufferedReader(file); PEMParser pem = new PEMParser(text)) {
            for (Object entry = pem.readObject(); entry != null; entry = pem.readObject()) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private static PrivateKey privateKey(Path file) throws IOException {
        JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
        for (Object entry : entries(file)) {
            if (entry instanceof PEMKeyPair pair) {
                return converter.getKeyPair(pair).getPrivate();
            }
            if (entry instanceof PrivateKeyInfo info) {
                return converter.getPrivateKey(info);
            }
        }
        throw new PEMException("it holds no private key that is not encrypted");
    }

    private void requireMatch() throws GeneralSecurityException {
        byte[] probe = {1, 2, 3};
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC", "ECDSA" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        java.security.Signature signature = java.security.Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(probe);
        byte[] signed = signature.sign();
        signature.initVerify(chain.getFirst().getPublicKey());
        signature.update(probe);
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("it does not belong to the certificate");
        }
    }

    /** The same in Java's form; the password protects nothing, as the store lives in memory only. */
    KeyStore keyStore(String word) {
        char[] password = word.toCharArray();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, password);
            store.setKeyEntry(ALIAS, key, password, chain.toArray(Certificate[]::new));
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new StorageException("cannot use certificate " + chain.getFirst()
                    .getSubjectX500Principal() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "certificate of " + chain.getFirst().getSubjectX500Principal();
    }

    private static StorageException failed(String what, Path file, Exception cause) {
        String reason = cause instanceof java.nio.file.NoSuchFileException
                ? "no such file"
                : String.valueOf(cause.getMessage());
        return new StorageException("cannot read " + what + " " + file + ": " + reason, cause);
    }
}
