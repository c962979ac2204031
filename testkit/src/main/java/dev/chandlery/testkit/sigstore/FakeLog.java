package dev.chandlery.testkit.sigstore;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/** A transparency log like Rekor, of two leaves: another one, and the one that is asked for. */
final class FakeLog {
    static final String HOST = "rekor.example";

    private final KeyPair key = Keys.generate();
    private final byte[] id = Keys.sha256(key.getPublic().getEncoded());

    PublicKey publicKey() {
        return key.getPublic();
    }

    byte[] id() {
        return id;
    }

    /** What the log signs at once: that the entry will be in it. */
    byte[] promise(byte[] body, Instant at) {
        String canonical = "{\"body\":\"" + Keys.base64(body) + "\",\"integratedTime\":" + at
                .getEpochSecond() + ",\"logID\":\"" + HexFormat.of().formatHex(id)
                + "\",\"logIndex\":1}";
        return Keys.sign(key, canonical.getBytes(StandardCharsets.UTF_8));
    }

    /** The entry as a bundle holds it. */
    String entry(String kind, String version, byte[] body, Instant at) {
        return """
                {"logIndex":"1","logId":{"keyId":"%s"},"kindVersion":{"kind":"%s","version":"%s"},\
                "integratedTime":"%d","inclusionPromise":{"signedEntryTimestamp":"%s"},\
                "inclusionProof":%s,"canonicalizedBody":"%s"}"""
                .formatted(Keys.base64(id), kind, version, at.getEpochSecond(), Keys.base64(
                        promise(body, at)), proof(body), Keys.base64(body));
    }

    private String proof(byte[] body) {
        byte[] other = Keys.sha256(new byte[]{0, 'o', 't', 'h', 'e', 'r'});
        byte[] leaf = Keys.sha256(joined(new byte[]{0}, body));
        byte[] root = Keys.sha256(joined(joined(new byte[]{1}, other), leaf));
        return """
                {"logIndex":"1","treeSize":"2","rootHash":"%s","hashes":["%s"],\
                "checkpoint":{"envelope":"%s"}}"""
                .formatted(Keys.base64(root), Keys.base64(other), checkpoint(root).replace("\n",
                        "\\n"));
    }

    private String checkpoint(byte[] root) {
        String head = HOST + " - 1\n2\n" + Keys.base64(root) + "\n";
        byte[] signature = Keys.sign(key, head.getBytes(StandardCharsets.UTF_8));
        byte[] hinted = joined(Arrays.copyOf(id, 4), signature);
        return head + "\n\u2014 " + HOST + " " + Keys.base64(hinted) + "\n";
    }

    private static byte[] joined(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
    }
}
