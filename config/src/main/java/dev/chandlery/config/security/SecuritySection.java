package dev.chandlery.config.security;

import dev.chandlery.config.proof.Rung;

import dev.chandlery.config.value.Texts;
import dev.chandlery.config.yaml.BooleanType;
import dev.chandlery.config.yaml.ChoiceType;
import dev.chandlery.config.yaml.Key;
import dev.chandlery.config.yaml.ListType;
import dev.chandlery.config.yaml.Section;
import dev.chandlery.config.yaml.TextType;
import dev.chandlery.config.yaml.Values;
import dev.chandlery.oci.Algorithm;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code security}. */
public final class SecuritySection {
    private static final Pattern HOST = Pattern.compile(
            "[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\\[[0-9a-f:]+]");
    private static final Pattern ORIGIN = Pattern.compile("(" + HOST.pattern() + ")(:\\d{1,5})?");

    private static final Key<SecuritySpec, Boolean> SIGNATURES = Key.of("verify_signatures",
            new BooleanType(),
            "verify signatures and provenance that tools or the catalogue name; false looks at none",
            (SecuritySpec spec) -> spec.checks().verifySignatures()).or(true);
    private static final Key<SecuritySpec, Boolean> CHECKSUMS = Key.of("verify_checksums",
            new BooleanType(), "verify upstream's checksum files; false leaves them unread",
            (SecuritySpec spec) -> spec.checks().verifyChecksums()).or(true);
    private static final Key<SecuritySpec, Boolean> SCAN = Key.of("scan_vulnerabilities",
            new BooleanType(), "look for known vulnerabilities", (SecuritySpec spec) -> spec
                    .checks()
                    .scanVulnerabilities()).or(false).notYet(on -> on);
    private static final Key<SecuritySpec, Boolean> OWN = Key.of("signature_verification",
            new BooleanType(),
            "whether pull, verify and migrate insist on our own signatures, by signing's keys", (
                    SecuritySpec spec) -> spec
                            .checks()
                            .signatureVerification()).or(false);
    private static final Key<SecuritySpec, List<String>> SOURCES = Key.of("allowed_sources",
            ListType.of(TextType.of(text -> matching(HOST, text, "a host name"), text -> text)),
            "hosts that downloads may come from, with those below them; empty: all that tools name",
            SecuritySpec::allowedSources).or(List.of());
    private static final Key<SecuritySpec, List<String>> ORIGINS = Key.of("allowed_origins",
            ListType.of(TextType.of(text -> matching(ORIGIN, text, "host[:port]"), text -> text)),
            "private places that redirects may lead to", SecuritySpec::allowedOrigins)
            .or(List
                    .of());
    private static final Key<SecuritySpec, List<Algorithm>> ALGORITHMS = Key.of(
            "checksum_algorithms", ListType.of(algorithms()), "checksums that count as proof",
            SecuritySpec::checksumAlgorithms).or(List.of(Algorithm.SHA256, Algorithm.SHA512));
    private static final Key<SecuritySpec, Rung> MINIMUM = Key.of("minimum_trust", rungs(),
            "lowest rung of trust that is published", SecuritySpec::minimumTrust)
            .or(
                    Rung.FIRST_USE);
    private static final Key<SecuritySpec, Path> ROOT = Key.optional("trusted_root", Texts.FILE,
            "sigstore's trusted_root.json, whose authorities vouch for identities",
            SecuritySpec::trustedRoot);

    public static final Section<SecuritySpec> SECTION = new Section<>(List.of(SIGNATURES, CHECKSUMS,
            SCAN,
            SOURCES, ORIGINS, ALGORITHMS, OWN, MINIMUM, ROOT), SecuritySection::build);

    private SecuritySection() {}

    public static ChoiceType<Rung> rungs() {
        Map<String, Rung> words = new LinkedHashMap<>();
        for (Rung rung : Rung.values()) {
            words.put(rung.label(), rung);
        }
        return new ChoiceType<>(words);
    }

    private static ChoiceType<Algorithm> algorithms() {
        Map<String, Algorithm> words = new LinkedHashMap<>();
        for (Algorithm algorithm : Algorithm.values()) {
            words.put(algorithm.label(), algorithm);
        }
        return new ChoiceType<>(words);
    }

    private static String matching(Pattern pattern, String text, String what) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (!pattern.matcher(lower).matches()) {
            throw new IllegalArgumentException("expected " + what + " without scheme and path");
        }
        return lower;
    }

    private static SecuritySpec build(Values values) {
        return new SecuritySpec(new SecurityChecks(values.get(SIGNATURES), values.get(CHECKSUMS),
                values.get(SCAN), values.get(OWN)), values.get(SOURCES), values.get(ORIGINS), values
                        .get(ALGORITHMS), values.get(MINIMUM), values.find(ROOT));
    }
}
