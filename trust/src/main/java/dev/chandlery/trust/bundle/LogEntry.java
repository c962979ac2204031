package dev.chandlery.trust.bundle;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.json.Fields;
import dev.chandlery.trust.Base64Text;
import java.util.List;
import java.util.Optional;

/**
 * An entry of a transparency log.
 *
 * <p><b>Spec:</b> github.com/sigstore/protobuf-specs, sigstore_rekor.proto.
 *
 * @param index in the whole log
 * @param logId SHA-256 of the log's public key, hexadecimal
 * @param integratedTime seconds since 1970; 0 where the log tells none
 * @param body canonical JSON of what was logged
 * @param promise the log's signature over index, time and body, a signed entry timestamp
 * @param proof that the entry is in the log
 */
public record LogEntry(long index, String logId, long integratedTime, Bytes body,
        Optional<Bytes> promise, Optional<InclusionProof> proof) {
    private static final int MAX_HASHES = 64;

    /**
     * A path of the log's Merkle tree.
     *
     * @param index in the tree
     * @param treeSize in leaves
     * @param rootHash hexadecimal
     * @param hashes hexadecimal, from leaf to root
     * @param checkpoint signed note of the tree's head
     */
    public record InclusionProof(long index, long treeSize, String rootHash, List<String> hashes,
            String checkpoint) {

        public InclusionProof {
            hashes = List.copyOf(hashes);
        }
    }

    static LogEntry parse(Fields fields) {
        Optional<Bytes> promise = fields.object("inclusionPromise")
                .map(each -> SigstoreBundle
                        .bytes(each, "signedEntryTimestamp"));
        String logId = SigstoreBundle.hex(SigstoreBundle.bytes(SigstoreBundle.require(fields,
                "logId"), "keyId"));
        return new LogEntry(number(fields, "logIndex"), logId, number(fields, "integratedTime"),
                SigstoreBundle.bytes(fields, "canonicalizedBody"), promise, fields.object(
                        "inclusionProof").map(LogEntry::proof));
    }

    private static InclusionProof proof(Fields fields) {
        List<String> hashes = hashes(fields);
        String root = SigstoreBundle.hex(SigstoreBundle.bytes(fields, "rootHash"));
        return new InclusionProof(number(fields, "logIndex"), number(fields, "treeSize"), root,
                hashes, SigstoreBundle.require(fields, "checkpoint").requireText("envelope"));
    }

    private static List<String> hashes(Fields fields) {
        List<String> texts = fields.texts("hashes");
        if (texts.size() > MAX_HASHES) {
            throw fields.unexpected("hashes", "at most " + MAX_HASHES);
        }
        return texts.stream()
                .map(text -> SigstoreBundle.hex(Base64Text
                        .decode(text, fields.path() + ".hashes")))
                .toList();
    }

    /** 64-bit numbers are strings in the JSON of protocol buffers, and absent when they are 0. */
    private static long number(Fields fields, String name) {
        if (!fields.has(name)) {
            return 0;
        }
        if (fields.node().path(name).isTextual()) {
            try {
                return requirePositive(fields, name, Long.parseLong(fields.requireText(name)));
            } catch (NumberFormatException e) {
                throw fields.unexpected(name, "a whole number");
            }
        }
        return fields.requireSize(name);
    }

    private static long requirePositive(Fields fields, String name, long number) {
        if (number < 0) {
            throw fields.unexpected(name, "a number of 0 or more");
        }
        return number;
    }
}
