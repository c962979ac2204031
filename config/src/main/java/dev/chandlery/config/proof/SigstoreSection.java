package dev.chandlery.config.proof;

import dev.chandlery.config.proof.SignedFileSpec.Over;
import dev.chandlery.config.proof.SigstoreSpec.ByIdentity;
import dev.chandlery.config.proof.SigstoreSpec.ByKey;
import dev.chandlery.config.proof.SigstoreSpec.Signer;
import dev.chandlery.config.source.AssetTemplate;
import dev.chandlery.config.source.ToolTexts;
import dev.chandlery.config.value.Texts;
import dev.chandlery.config.yaml.Key;
import dev.chandlery.config.yaml.Section;
import dev.chandlery.config.yaml.Values;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@code sigstore} of a tool's {@code verify}, and the keys that say who signed. */
final class SigstoreSection {
    private static final AssetTemplate BUNDLE_NAME = new AssetTemplate("{asset}.sigstore.json");

    /**
     * Keys that say who must have signed; the same in all sections that have them.
     *
     * @param issuer empty where GitHub Actions is the only one
     */
    record SignerKeys<S>(Key<S, String> identity, Key<S, String> pattern, Key<S, String> issuer,
            Key<S, Path> trustedRoot) {

        static <S> SignerKeys<S> of(Function<S, Signer> signer) {
            return new SignerKeys<>(Key.optional("identity", ProofTexts.SOME,
                    "subject of the signer's certificate, an e-mail address or URI",
                    spec -> identity(signer.apply(spec)).filter(i -> !i.pattern())
                            .map(
                                    IdentitySpec::subject)),
                    Key.optional("identity_pattern", ProofTexts.REGEX,
                            "regular expression that all of the subject must match",
                            spec -> identity(signer.apply(spec)).filter(IdentitySpec::pattern)
                                    .map(
                                            IdentitySpec::subject)),
                    Key.optional("issuer", ProofTexts.SOME,
                            "OpenID Connect issuer of the identity; default: GitHub Actions",
                            spec -> identity(signer.apply(spec)).map(IdentitySpec::issuer)),
                    Key.optional("trusted_root", Texts.FILE,
                            "sigstore's trusted_root.json; default: security.trusted_root",
                            spec -> root(signer.apply(spec))));
        }

        private static Optional<IdentitySpec> identity(Signer signer) {
            return signer instanceof ByIdentity by ? Optional.of(by.identity()) : Optional.empty();
        }

        private static Optional<Path> root(Signer signer) {
            return signer instanceof ByIdentity by ? by.trustedRoot() : Optional.empty();
        }

        /** Empty when neither identity nor identity_pattern is written. */
        Optional<ByIdentity> read(Values values) {
            if (values.has(identity) && values.has(pattern)) {
                throw values.invalid(pattern, "expected identity or identity_pattern, not both");
            }
            String by = values.find(issuer).orElse(IdentitySpec.GITHUB_ACTIONS);
            return values.find(identity)
                    .or(() -> values.find(pattern))
                    .map(subject -> new ByIdentity(new IdentitySpec(subject, values.has(pattern),
                            by), values.find(trustedRoot)));
        }
    }

    private static final SignerKeys<SigstoreSpec> SIGNER = SignerKeys.of(SigstoreSpec::signer);
    private static final Key<SigstoreSpec, String> KEY = ProofTexts.key(
            "PEM of the public key, when it is signed by key", spec -> keys(spec.signer()));
    private static final Key<SigstoreSpec, List<Path>> KEY_FILES = ProofTexts.keyFiles(
            "PEM files of public keys, any of which may sign", spec -> keys(spec.signer()));
    private static final Key<SigstoreSpec, AssetTemplate> BUNDLE = Key.optional("bundle",
            ToolTexts.TEMPLATE, "name of the sigstore bundle; default: " + BUNDLE_NAME
                    + " unless signature is written", spec -> Optional.of(spec)
                            .filter(
                                    SigstoreSpec::bundle)
                            .map(s -> s.signed().signature()));
    private static final Key<SigstoreSpec, AssetTemplate> SIGNATURE = Key.optional("signature",
            ToolTexts.TEMPLATE, "name of a signature without bundle", spec -> Optional.of(spec)
                    .filter(
                            s -> !s.bundle())
                    .map(s -> s.signed().signature()));
    private static final Key<SigstoreSpec, AssetTemplate> CERTIFICATE = Key.optional("certificate",
            ToolTexts.TEMPLATE, "name of the certificate beside such a signature",
            SigstoreSpec::certificate);
    private static final Key<SigstoreSpec, Over> OVER = SignatureSections.over();

    static final Section<SigstoreSpec> SECTION = new Section<>(List.of(BUNDLE, SIGNATURE,
            CERTIFICATE, SIGNER.identity(), SIGNER.pattern(), SIGNER.issuer(), KEY, KEY_FILES,
            SIGNER.trustedRoot(), OVER), SigstoreSection::build);

    private SigstoreSection() {}

    static Optional<KeySpec> keys(Signer signer) {
        return signer instanceof ByKey by ? Optional.of(by.keys()) : Optional.empty();
    }

    /** By key or by identity, of which exactly one must be written. */
    static Signer signer(Values values, Optional<ByIdentity> identity, Optional<KeySpec> keys) {
        if (identity.isPresent() == keys.isPresent()) {
            throw values.invalid("expected either identity or identity_pattern, or key or"
                    + " key_files: whose signature it must be");
        }
        return identity.<Signer>map(by -> by).orElseGet(() -> new ByKey(keys.orElseThrow()));
    }

    private static SigstoreSpec build(Values values) {
        Signer signer = signer(values, SIGNER.read(values), ProofTexts.keys(values, KEY,
                KEY_FILES));
        if (values.has(BUNDLE) && values.has(SIGNATURE)) {
            throw values.invalid(SIGNATURE, "expected bundle or signature, not both");
        }
        boolean pair = signer instanceof ByIdentity && values.has(SIGNATURE);
        if (pair != values.has(CERTIFICATE)) {
            throw values.invalid(CERTIFICATE, pair
                    ? "is missing: a signature without bundle is checked by its certificate"
                    : "belongs to signature and identity");
        }
        AssetTemplate name = values.find(SIGNATURE)
                .or(() -> values.find(BUNDLE))
                .orElse(
                        BUNDLE_NAME);
        return new SigstoreSpec(signer, values.find(CERTIFICATE), !values.has(SIGNATURE),
                new SignedFileSpec(name, values.get(OVER)));
    }
}
