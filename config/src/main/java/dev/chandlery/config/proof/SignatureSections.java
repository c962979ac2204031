package dev.chandlery.config.proof;

import dev.chandlery.config.proof.SignedFileSpec.Over;
import dev.chandlery.config.source.AssetTemplate;
import dev.chandlery.config.yaml.ChoiceType;
import dev.chandlery.config.yaml.Key;
import dev.chandlery.config.yaml.ListType;
import dev.chandlery.config.yaml.Section;
import dev.chandlery.config.yaml.Values;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code openpgp} and {@code minisign} of a tool's {@code verify}. */
final class SignatureSections {
    private static final AssetTemplate ASC = new AssetTemplate("{asset}.asc");
    private static final AssetTemplate MINISIG = new AssetTemplate("{asset}.minisig");

    private static final Key<OpenPgpSpec, List<String>> FINGERPRINTS = Key.required("fingerprints",
            new ListType<>(ProofTexts.OPENPGP_FINGERPRINT, 1),
            "of the keys that may sign; a primary key's stands for its subkeys",
            OpenPgpSpec::fingerprints);
    private static final Key<OpenPgpSpec, String> PGP_KEY = ProofTexts.key(
            "armoured block of public keys", spec -> Optional.of(spec.keys()));
    private static final Key<OpenPgpSpec, List<Path>> PGP_FILES = ProofTexts.keyFiles(
            "files of public keys, armoured or binary", spec -> Optional.of(spec.keys()));
    private static final Key<OpenPgpSpec, AssetTemplate> PGP_SIGNATURE = ProofTexts.signature(ASC
            .text(), OpenPgpSpec::signedFile);
    private static final Key<OpenPgpSpec, Over> PGP_OVER = over();

    static final Section<OpenPgpSpec> OPENPGP = new Section<>(List.of(FINGERPRINTS, PGP_KEY,
            PGP_FILES, PGP_SIGNATURE, PGP_OVER), SignatureSections::openPgp);

    private static final Key<MinisignSpec, String> MINI_KEY = ProofTexts.key(
            "public key, RW...", spec -> Optional.of(spec.keys()));
    private static final Key<MinisignSpec, List<Path>> MINI_FILES = ProofTexts.keyFiles(
            "files of public keys, any of which may sign", spec -> Optional.of(spec.keys()));
    private static final Key<MinisignSpec, AssetTemplate> MINI_SIGNATURE = ProofTexts.signature(
            MINISIG.text(), MinisignSpec::signedFile);
    private static final Key<MinisignSpec, Over> MINI_OVER = over();

    static final Section<MinisignSpec> MINISIGN = new Section<>(List.of(MINI_KEY, MINI_FILES,
            MINI_SIGNATURE, MINI_OVER), SignatureSections::minisign);

    private SignatureSections() {}

    static <S extends ProofSpec> Key<S, Over> over() {
        return Key.of("over", ChoiceType.of(Over.class),
                "what is signed: asset, the download itself, or checksums, the checksum file",
                (S spec) -> spec.signedFile().map(SignedFileSpec::over).orElse(Over.ASSET))
                .or(
                        Over.ASSET);
    }

    private static OpenPgpSpec openPgp(Values values) {
        List<String> fingerprints = values.find(FINGERPRINTS)
                .orElseThrow(() -> values.invalid(
                        "fingerprints is missing: a list of whole fingerprints"));
        KeySpec keys = ProofTexts.keys(values, PGP_KEY, PGP_FILES)
                .orElseThrow(() -> values.invalid(
                        "key or key_files is missing: fingerprints alone cannot check a signature"));
        return new OpenPgpSpec(fingerprints, keys, new SignedFileSpec(values.find(PGP_SIGNATURE)
                .orElse(ASC), values.get(PGP_OVER)));
    }

    private static MinisignSpec minisign(Values values) {
        KeySpec keys = ProofTexts.keys(values, MINI_KEY, MINI_FILES)
                .orElseThrow(() -> values.invalid(
                        "key or key_files is missing: the public key, RW..."));
        return new MinisignSpec(keys, new SignedFileSpec(values.find(MINI_SIGNATURE)
                .orElse(
                        MINISIG), values.get(MINI_OVER)));
    }
}
