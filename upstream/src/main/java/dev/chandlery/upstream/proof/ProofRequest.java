package dev.chandlery.upstream.proof;

import dev.chandlery.config.proof.SecondSourceSpec;
import dev.chandlery.oci.Digest;

/** Something that a proof needs to know of the world outside. */
public sealed interface ProofRequest {

    /** The name under which the answer is kept as evidence; one path component. */
    String evidenceName();

    /**
     * A file that upstream published.
     *
     * @param name of a file beside the asset, or an address
     */
    record Published(String name)
            implements
            ProofRequest {

        /** Whether it is an address. */
        public boolean isAddress() {
            return name.startsWith("https://") || name.startsWith("http://");
        }

        @Override
        public String evidenceName() {
            String path = name.replaceFirst("[?#].*", "");
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    /**
     * GitHub's attestations of a file: bundles in lines, or the API's answer.
     *
     * @param asset file name
     * @param repository {@code owner/repository}
     * @param digest SHA-256 of the file
     */
    record Attestations(String asset, String repository, Digest digest)
            implements
            ProofRequest {
        @Override
        public String evidenceName() {
            return asset + ".attestations.json";
        }
    }

    /**
     * What an npm registry says of the asset's version, as {@link NpmRecord} has it.
     *
     * @param asset file name
     */
    record Registry(String asset)
            implements
            ProofRequest {
        @Override
        public String evidenceName() {
            return asset + ".npm.json";
        }
    }

    /**
     * When a file that is beside the asset, such as a signature, was put there, as its host tells: an instant
     * in ISO form.
     *
     * @param file its name
     */
    record Uploaded(String file)
            implements
            ProofRequest {
        @Override
        public String evidenceName() {
            return file + ".uploaded.txt";
        }
    }

    /**
     * What a second channel has in the asset's place, as {@link ChannelRecord} has it.
     *
     * @param candidate of the first channel
     * @param spec of the second
     */
    record Channel(Candidate candidate, SecondSourceSpec spec)
            implements
            ProofRequest {
        @Override
        public String evidenceName() {
            return candidate.name() + ".second-source.json";
        }
    }
}
