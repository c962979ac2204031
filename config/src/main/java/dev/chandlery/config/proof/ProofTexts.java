package dev.chandlery.config.proof;

import dev.chandlery.config.source.AssetTemplate;
import dev.chandlery.config.source.ToolTexts;

import dev.chandlery.config.value.Texts;
import dev.chandlery.config.yaml.Key;
import dev.chandlery.config.yaml.ListType;
import dev.chandlery.config.yaml.TextType;
import dev.chandlery.config.yaml.Values;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Keys and texts that several forms of proof have. */
final class ProofTexts {
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9A-F]{40}|[0-9A-F]{64}");
    private static final Pattern WORKFLOW = Pattern.compile(
            "\\.github/workflows/[A-Za-z0-9_.-]{1,100}\\.ya?ml");

    static final TextType<String> OPENPGP_FINGERPRINT = TextType.of(ProofTexts::fingerprint,
            text -> text);
    static final TextType<String> WORKFLOW_PATH = TextType.of(ProofTexts::workflow, text -> text);
    static final TextType<String> REGEX = TextType.of(ProofTexts::regex, text -> text);
    /** Text that says something. */
    static final TextType<String> SOME = TextType.of(ProofTexts::some, text -> text);

    private ProofTexts() {}

    static <S> Key<S, String> key(String meaning, Function<S, Optional<KeySpec>> getter) {
        return Key.optional("key", SOME, meaning, spec -> getter.apply(spec)
                .flatMap(
                        KeySpec::text));
    }

    static <S> Key<S, List<Path>> keyFiles(String meaning, Function<S, Optional<KeySpec>> getter) {
        return Key.of("key_files", ListType.of(Texts.FILE), meaning, (S spec) -> getter.apply(spec)
                .map(KeySpec::files)
                .orElse(List.of())).or(List.of());
    }

    static <S> Key<S, AssetTemplate> signature(String fallback,
            Function<S, Optional<SignedFileSpec>> getter) {
        return Key.optional("signature", ToolTexts.TEMPLATE,
                "name of the signature beside the signed file, which is {asset}, or its address;"
                        + " default: " + fallback, spec -> getter.apply(spec)
                                .map(
                                        SignedFileSpec::signature));
    }

    /** Empty when neither key nor key_files is written. */
    static Optional<KeySpec> keys(Values values, Key<?, String> text, Key<?, List<Path>> files) {
        boolean none = !values.has(text) && values.get(files).isEmpty();
        return none
                ? Optional.empty()
                : Optional.of(new KeySpec(values.find(text), values.get(
                        files)));
    }

    private static String fingerprint(String text) {
        String hex = text.replaceAll("[\\s:]", "").toUpperCase(Locale.ROOT).replaceFirst("^0X", "");
        if (!FINGERPRINT.matcher(hex).matches()) {
            throw new IllegalArgumentException("expected a whole fingerprint of 40 or 64"
                    + " hexadecimal characters; key ids are too short to pin a key");
        }
        return hex;
    }

    private static String workflow(String text) {
        if (!WORKFLOW.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "expected a path such as .github/workflows/release.yml");
        }
        return text;
    }

    private static String regex(String text) {
        try {
            return Pattern.compile(some(text)).pattern();
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("expected a regular expression: " + e
                    .getDescription(), e);
        }
    }

    private static String some(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("expected some text");
        }
        return text;
    }
}
