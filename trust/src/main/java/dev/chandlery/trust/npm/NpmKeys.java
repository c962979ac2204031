package dev.chandlery.trust.npm;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.oci.json.Fields;
import dev.chandlery.trust.Base64Text;
import dev.chandlery.trust.JsonDocument;
import dev.chandlery.trust.bundle.SigstoreBundle;
import dev.chandlery.trust.bundle.SigstoreBundle.Certificates;
import dev.chandlery.trust.bundle.SigstoreBundle.KeyHint;
import dev.chandlery.trust.key.VerificationKey;
import dev.chandlery.trust.sign.BundleVerifier;
import dev.chandlery.trust.statement.Statement;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The keys that a package registry signs with, as its {@code /-/npm/v1/keys} tells. The caller pins the file;
 * what a registry tells of its keys at the same time as of its packages proves nothing. Immutable.
 *
 * <p><b>Spec:</b> npm documentation, "About registry signatures".
 */
public final class NpmKeys {
    private static final int MAX_KEYS = 64;
    private static final String SCHEME = "ecdsa-sha2-nistp256";

    private final SortedMap<String, Key> keys;

    private NpmKeys(SortedMap<String, Key> keys) {
        this.keys = Collections.unmodifiableSortedMap(keys);
    }

    /** @param expires when it stops to count, where it does */
    private record Key(VerificationKey key, Optional<Instant> expires) {}

    /**
     * Reads {@code {"keys": [{"keyid", "expires", "scheme", "key"}]}}.
     *
     * @throws MalformedContentException when it is no such list
     */
    public static NpmKeys parse(Bytes json, String what) {
        Fields file = JsonDocument.read(json, what);
        List<Fields> list = file.objects("keys");
        if (list.isEmpty() || list.size() > MAX_KEYS) {
            throw file.unexpected("keys", "a list of 1 to " + MAX_KEYS);
        }
        SortedMap<String, Key> keys = new TreeMap<>();
        for (Fields each : list) {
            if (each.requireText("scheme").equals(SCHEME) && keys.put(each.requireText("keyid"),
                    key(each)) != null) {
                throw each.unexpected("keyid", "an id that no other key has");
            }
        }
        return new NpmKeys(keys);
    }

    private static Key key(Fields fields) {
        Bytes der = Base64Text.decode(fields.requireText("key"), fields.path() + ".key");
        Optional<Instant> expires = fields.text("expires").map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                throw fields.unexpected("expires", "a time such as 2025-01-29T00:00:00.000Z");
            }
        });
        return new Key(VerificationKey.read(der, fields.path() + ".key"), expires);
    }

    /**
     * Requires a good signature over {@code name@version:integrity}.
     *
     * @param packageVersion {@code name@version}
     * @param integrity of the packument's {@code dist}, {@code sha512-...}, which the caller compares with the
     *        bytes
     * @param signatures base64 by key id, of {@code dist.signatures}
     * @param published when the version was; keys that had expired by then do not count
     * @return id of the key
     * @throws UntrustedContentException when there is none, with what is wrong with each
     */
    public String verify(String packageVersion, String integrity, Map<String, String> signatures,
            Instant published) {
        Bytes message = Bytes.ofUtf8(packageVersion + ":" + integrity);
        SortedMap<String, String> objections = new TreeMap<>();
        for (Map.Entry<String, String> each : new TreeMap<>(signatures).entrySet()) {
            Optional<String> objection = objection(each.getKey(), published).or(() -> {
                Bytes signature = Base64Text.decode(each.getValue(), "signature of "
                        + packageVersion);
                boolean good = required(each.getKey()).verifies(message, signature);
                return good ? Optional.empty() : Optional.of("it is over something else");
            });
            if (objection.isEmpty()) {
                return each.getKey();
            }
            objections.put(each.getKey(), objection.get());
        }
        throw new UntrustedContentException("cannot trust " + packageVersion
                + ": expected a registry signature by one of " + keys.keySet() + ", got "
                + (objections.isEmpty() ? "none" : objections));
    }

    /**
     * Requires the registry's attestation that it published these bytes under that name.
     *
     * @param bundle of predicate type publish
     * @param tarball SHA-512
     * @param published as of {@link #verify}
     * @throws UntrustedContentException when it is by another key, or about something else
     * @throws MalformedContentException when it is no bundle
     */
    public Statement verifyPublish(Bytes bundle, Digest tarball, String packageVersion,
            Instant published) {
        SigstoreBundle read = SigstoreBundle.parse(bundle, "attestation of " + packageVersion);
        String id = switch (read.signer()) {
            case KeyHint(String hint) -> hint;
            case Certificates _ -> throw new UntrustedContentException("cannot trust "
                    + packageVersion + ": expected an attestation by key, got one by certificate");
        };
        objection(id, published).ifPresent(cause -> {
            throw new UntrustedContentException("cannot trust " + packageVersion
                    + ": the registry's attestation is by " + id + ": " + cause);
        });
        Statement statement = new BundleVerifier(List.of(required(id))).verify(read, tarball,
                packageVersion).statement();
        statement.requireSubject(tarball, NpmProvenance.packageUrl(packageVersion),
                packageVersion);
        return statement;
    }

    private Optional<String> objection(String id, Instant published) {
        Key key = keys.get(id);
        if (key == null) {
            return Optional.of("there is no such key");
        }
        return key.expires()
                .filter(end -> !published.isBefore(end))
                .map(end -> "the key expired at "
                        + end + ", the version is of " + published);
    }

    private VerificationKey required(String id) {
        return Optional.ofNullable(keys.get(id)).orElseThrow().key();
    }
}
