package dev.chandlery.trust.sigstore;

import dev.chandlery.trust.Base64Text;
import dev.chandlery.trust.bundle.LogEntry;
import dev.sigstore.rekor.client.RekorEntry;
import java.util.List;

/**
 * A log entry as the library wants it. The library's own builders are not used, as javac warns of annotations
 * in them.
 *
 * @param entry as it was read
 */
record RekorView(LogEntry entry)
        implements
        RekorEntry {

    @Override
    public String getBody() {
        return Base64Text.encode(entry.body());
    }

    @Override
    public long getIntegratedTime() {
        return entry.integratedTime();
    }

    @Override
    public String getLogID() {
        return entry.logId();
    }

    @Override
    public long getLogIndex() {
        return entry.index();
    }

    /** Of entries that have a proof. */
    @Override
    public Verification getVerification() {
        return new ProofOnly(new Path(entry.proof().orElseThrow()));
    }

    /** Without a promise, which is checked apart. */
    private record ProofOnly(InclusionProof proof)
            implements
            Verification {

        @Override
        public String getSignedEntryTimestamp() {
            return "";
        }

        @Override
        public InclusionProof getInclusionProof() {
            return proof;
        }
    }

    /** A path of the log's Merkle tree. */
    private record Path(LogEntry.InclusionProof proof)
            implements
            InclusionProof {

        @Override
        public List<String> getHashes() {
            return proof.hashes();
        }

        @Override
        public Long getLogIndex() {
            return proof.index();
        }

        @Override
        public String getRootHash() {
            return proof.rootHash();
        }

        @Override
        public Long getTreeSize() {
            return proof.treeSize();
        }

        @Override
        public String getCheckpoint() {
            return proof.checkpoint();
        }
    }
}
