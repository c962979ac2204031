package dev.chandlery.config.security;

import dev.chandlery.config.value.SecretReference;
import dev.chandlery.config.value.Texts;
import dev.chandlery.config.yaml.Key;
import dev.chandlery.config.yaml.ListType;
import dev.chandlery.config.yaml.Section;
import dev.chandlery.config.yaml.Values;
import java.nio.file.Path;
import java.util.List;

/** {@code signing}. */
public final class SigningSection {
    private static final Key<SigningSpec, SecretReference> KEY = Key.optional("key", Texts.SECRET,
            "private key that indexes and manifests are signed with: PKCS#8 in PEM, or cosign.key;"
                    + " as ${file:PATH} or ${env:NAME}", SigningSpec::key);
    private static final Key<SigningSpec, SecretReference> PASSWORD = Key.optional("password",
            Texts.SECRET, "of an encrypted key, as ${env:NAME} or ${file:PATH}",
            SigningSpec::password);
    private static final Key<SigningSpec, List<Path>> PUBLIC_KEYS = Key.of("public_keys", ListType
            .of(Texts.FILE),
            "PEM files of public keys whose signatures are believed, besides key's own",
            SigningSpec::publicKeys).or(List.of());

    public static final Section<SigningSpec> SECTION = new Section<>(List.of(KEY, PASSWORD,
            PUBLIC_KEYS),
            SigningSection::build);

    private SigningSection() {}

    private static SigningSpec build(Values values) {
        if (values.has(PASSWORD) && !values.has(KEY)) {
            throw values.invalid(PASSWORD, "needs key beside it");
        }
        return new SigningSpec(values.find(KEY), values.find(PASSWORD), values.get(PUBLIC_KEYS));
    }
}
