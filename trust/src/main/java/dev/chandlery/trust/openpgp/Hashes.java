package dev.chandlery.trust.openpgp;

import java.util.Set;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPSignature;

/** Which hashes signatures are believed with; neither MD5 nor SHA-1 nor RIPEMD-160. */
final class Hashes {
    private static final Set<Integer> STRONG = Set.of(HashAlgorithmTags.SHA256,
            HashAlgorithmTags.SHA384, HashAlgorithmTags.SHA512, HashAlgorithmTags.SHA224,
            HashAlgorithmTags.SHA3_256, HashAlgorithmTags.SHA3_512);

    private Hashes() {}

    static boolean strong(PGPSignature signature) {
        return STRONG.contains(signature.getHashAlgorithm());
    }

    static String name(PGPSignature signature) {
        return switch (signature.getHashAlgorithm()) {
            case HashAlgorithmTags.MD5 -> "MD5";
            case HashAlgorithmTags.SHA1 -> "SHA-1";
            case HashAlgorithmTags.RIPEMD160 -> "RIPEMD-160";
            default -> "hash algorithm " + signature.getHashAlgorithm();
        };
    }
}
