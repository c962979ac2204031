package dev.chandlery.publisher.aqua;

import dev.chandlery.publisher.aqua.AquaImporter.Findings;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The checksum file of a definition. */
final class Checksums {
    private static final Set<String> COUNTED = Set.of("sha256", "sha512");

    private final List<ForPlatform> platforms;
    private final AssetNames names;
    private final ReleaseTag tag;
    private final Findings findings;

    Checksums(List<ForPlatform> platforms, AssetNames names, ReleaseTag tag, Findings findings) {
        this.platforms = platforms;
        this.names = names;
        this.tag = tag;
        this.findings = findings;
    }

    /** Whether a platform's checksum is in a file of the release. */
    static Optional<Fields> of(ForPlatform platform) {
        return platform.fields()
                .mapping("checksum")
                .filter(checksum -> checksum.flag("enabled").orElse(true));
    }

    /** The name of the file as a template of ours. */
    Optional<String> template() {
        Optional<Fields> first = platforms.stream().flatMap(each -> of(each).stream()).findFirst();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        Fields checksum = first.get();
        tellMissing(checksum);
        if (!isUsable(checksum)) {
            return Optional.empty();
        }
        String asset = checksum.text("asset").orElse("");
        Optional<String> template = names.common(platforms, tag, asset);
        if (template.isEmpty()) {
            findings.lost(checksum.line("asset"), "checksum.asset", "not carried over: " + asset
                    + " is not the same template for all platforms here");
        }
        return template;
    }

    private void tellMissing(Fields checksum) {
        for (ForPlatform each : platforms) {
            boolean same = of(each).map(own -> own.text("asset").equals(checksum.text("asset")))
                    .orElse(false);
            if (!same) {
                findings.lost(each.fields().line("checksum"), "checksum", each.platform()
                        + " has another checksum file, or none, and would be refused without");
            }
        }
    }

    private boolean isUsable(Fields checksum) {
        String algorithm = checksum.text("algorithm").orElse("sha256");
        if (!COUNTED.contains(algorithm)) {
            findings.lost(checksum.line("algorithm"), "checksum.algorithm", "not carried over: "
                    + algorithm + " alone proves nothing; expected sha256 or sha512");
            return false;
        }
        if (!checksum.text("type").orElse("").equals("github_release")) {
            findings.lost(checksum.line("type"), "checksum.type",
                    "not carried over: the checksum file is not a file of the release");
            return false;
        }
        if (checksum.find("replacements").isPresent()) {
            findings.lost(checksum.line("replacements"), "checksum.replacements",
                    "not carried over");
            return false;
        }
        checksum.mapping("pattern")
                .ifPresent(pattern -> findings.note(checksum.line("pattern"), "checksum.pattern",
                        "not needed: lines of checksum files are read in all their usual forms"));
        return true;
    }
}
