package dev.chandlery.publisher.aqua;

import dev.chandlery.publisher.aqua.AquaImporter.Findings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Signatures, provenance and attestations of a definition, as items of {@code verify}. All items of an entry
 * must hold for each of its platforms, so what a definition has for some platforms only is left out and told.
 */
final class Proofs {
    private static final String SIGNER = "signer_workflow";

    private final List<ForPlatform> platforms;
    private final AssetNames names;
    private final ReleaseTag tag;
    private final Findings findings;

    Proofs(List<ForPlatform> platforms, AssetNames names, ReleaseTag tag, Findings findings) {
        this.platforms = platforms;
        this.names = names;
        this.tag = tag;
        this.findings = findings;
    }

    /** @param checksums whether the entry names a checksum file, which proofs may be over */
    List<Object> items(boolean checksums) {
        List<Object> items = new ArrayList<>();
        enabled("cosign", false).ifPresent(f -> cosign(f, "asset").ifPresent(items::add));
        enabled("minisign", false).ifPresent(f -> minisign(f, "asset").ifPresent(items::add));
        enabled("slsa_provenance", false).ifPresent(f -> slsa(f).ifPresent(items::add));
        enabled("github_artifact_attestations", false).ifPresent(f -> attestation(f).ifPresent(
                items::add));
        enabled("cosign", true).filter(f -> isOver(f, "cosign", checksums))
                .flatMap(f -> cosign(f, "checksums"))
                .ifPresent(items::add);
        enabled("minisign", true).filter(f -> isOver(f, "minisign", checksums))
                .flatMap(f -> minisign(f, "checksums"))
                .ifPresent(items::add);
        enabled("github_artifact_attestations", true).ifPresent(f -> lost(f,
                "checksum.github_artifact_attestations",
                "attestations are asked for the download, not for its checksum file"));
        return items;
    }

    /** What all platforms have in the same way; what only some have is told. */
    private Optional<Fields> enabled(String key, boolean ofChecksum) {
        List<Optional<Fields>> all = platforms.stream()
                .map(each -> ofChecksum ? Checksums.of(each) : Optional.of(each.fields()))
                .map(fields -> fields.flatMap(f -> f.mapping(key))
                        .filter(f -> f.flag("enabled").orElse(true)))
                .toList();
        if (all.stream().distinct().count() > 1) {
            all.stream()
                    .flatMap(Optional::stream)
                    .findFirst()
                    .ifPresent(f -> lost(f, (ofChecksum ? "checksum." : "") + key,
                            "platforms differ in it, and verify is for all of them"));
            return Optional.empty();
        }
        return all.getFirst();
    }

    private boolean isOver(Fields fields, String what, boolean checksums) {
        if (!checksums) {
            lost(fields, "checksum." + what, "the checksum file itself was not carried over");
        }
        return checksums;
    }

    private Optional<Object> cosign(Fields fields, String over) {
        CosignOptions options = CosignOptions.parse(fields.texts("opts"));
        Optional<String> wrong = options.problem();
        if (wrong.isPresent()) {
            lost(fields, "cosign", wrong.get());
            return Optional.empty();
        }
        Map<String, Object> item = new LinkedHashMap<>();
        Optional<String> bundle = fields.mapping("bundle")
                .flatMap(this::fileTemplate)
                .or(() -> options.find("--bundle"));
        Optional<String> signature = fields.mapping("signature")
                .flatMap(this::fileTemplate)
                .or(() -> options.find("--signature"));
        Optional<String> certificate = fields.mapping("certificate")
                .flatMap(this::fileTemplate)
                .or(() -> options.find("--certificate"));
        boolean complete = put(item, "bundle", bundle, over) && put(item, "signature", bundle
                .isPresent() ? Optional.empty() : signature, over)
                && put(item, "certificate", bundle.isPresent() ? Optional.empty() : certificate,
                        over);
        if (!complete || item.isEmpty()) {
            lost(fields, "cosign", "its files have names that our templates cannot say");
            return Optional.empty();
        }
        ForPlatform any = platforms.getFirst();
        item.putAll(options.signer(text -> any.render(text, symbols(any), "")));
        if (item.containsKey("identity_pattern")) {
            findings.note(Fields.line(fields.layers().getFirst()), "cosign",
                    "identity_pattern takes any version's tag");
        }
        return Optional.of(over(item, "sigstore", over));
    }

    private Optional<Object> minisign(Fields fields, String over) {
        Map<String, Object> item = new LinkedHashMap<>();
        fields.text("public_key").ifPresent(key -> item.put("key", key));
        boolean complete = put(item, "signature", fileTemplate(fields), over);
        if (!complete || item.size() != 2) {
            lost(fields, "minisign", "its key is missing, or its file has a name that our templates"
                    + " cannot say");
            return Optional.empty();
        }
        return Optional.of(over(item, "minisign", over));
    }

    private Optional<Object> slsa(Fields fields) {
        Map<String, Object> item = new LinkedHashMap<>();
        if (!put(item, "provenance", fileTemplate(fields), "asset") || item.isEmpty()) {
            lost(fields, "slsa_provenance", "its file has a name that our templates cannot say");
            return Optional.empty();
        }
        String source = fields.text("source_uri").orElse("github.com/" + repository());
        item.put("source", source.replaceFirst("^(git\\+)?https://", ""));
        String tagged = fields.text("source_tag").orElse("{{.Version}}");
        if (!tagged.equals("-")) {
            ForPlatform any = platforms.getFirst();
            String ref = any.render(tagged, symbols(any), "");
            item.put("ref", "refs/tags/" + (ref.equals(tag.symbol())
                    ? "{tag}"
                    : ref.replace(ReleaseTag.NUMBER, "{version}")));
        }
        return Optional.of(Map.of("slsa", item));
    }

    private Optional<Object> attestation(Fields fields) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("repository", repository());
        if (fields.find("predicate_type").isPresent()) {
            lost(fields, "github_artifact_attestations.predicate_type", "other predicates than"
                    + " SLSA provenance are not asked for");
            return Optional.empty();
        }
        String signer = fields.text(SIGNER)
                .or(() -> fields.text("signer-workflow"))
                .orElse("")
                .replace("\\", "");
        if (!signer.matches("[A-Za-z0-9-]+/[A-Za-z0-9._-]+/\\.github/workflows/[A-Za-z0-9_.-]+")) {
            lost(fields, "github_artifact_attestations." + SIGNER, signer.isEmpty()
                    ? "there is none, and any workflow of the repository could sign"
                    : "\"" + signer + "\" is no workflow's plain path");
            return Optional.empty();
        }
        item.put(SIGNER, signer);
        return Optional.of(Map.of("attestation", item));
    }

    private String repository() {
        Fields fields = platforms.getFirst().fields();
        return fields.text("repo_owner").orElse("") + "/" + fields.text("repo_name").orElse("");
    }

    /** A file of the release, or an address, as the definition says it. */
    private Optional<String> fileTemplate(Fields fields) {
        return fields.text("type").equals(Optional.of("http"))
                ? fields.text("url")
                : fields.text("asset");
    }

    /** False when there is one that our templates cannot say. */
    private boolean put(Map<String, Object> item, String key, Optional<String> template,
            String over) {
        if (template.isEmpty()) {
            return true;
        }
        Optional<String> own = names.common(platforms, tag, ofRelease(template.get()));
        boolean fits = own.isPresent() && (over.equals("asset") || !own.get().contains("{asset}"));
        own.filter(_ -> fits).ifPresent(text -> item.put(key, text));
        return fits;
    }

    /** Files of the release itself by name, others by address. */
    private String ofRelease(String template) {
        String start = "https://github.com/" + repository() + "/releases/download/";
        if (!template.regionMatches(true, 0, start, 0, start.length())) {
            return template;
        }
        String rest = template.substring(start.length());
        ForPlatform any = platforms.getFirst();
        for (int slash = rest.indexOf('/'); slash > 0; slash = rest.indexOf('/', slash + 1)) {
            String head = rest.substring(0, slash);
            boolean whole = head.lastIndexOf("{{") <= head.lastIndexOf("}}");
            if (whole && any.render(head, any.real(), "").equals(any.definition().version())) {
                return rest.substring(slash + 1);
            }
        }
        return template;
    }

    private ForPlatform.Values symbols(ForPlatform each) {
        ForPlatform.Values real = each.real();
        return new ForPlatform.Values(tag.symbol(), ReleaseTag.NUMBER, real.os(), real.arch());
    }

    private static Object over(Map<String, Object> item, String form, String over) {
        if (!over.equals("asset")) {
            item.put("over", over);
        }
        return Map.of(form, item);
    }

    private void lost(Fields fields, String what, String why) {
        findings.lost(Fields.line(fields.layers().getFirst()), what, "not carried over: " + why);
    }
}
