package dev.chandlery.config.proof;

import dev.chandlery.config.proof.SigstoreSection.SignerKeys;
import dev.chandlery.config.proof.SigstoreSpec.ByIdentity;
import dev.chandlery.config.proof.SigstoreSpec.Signer;
import dev.chandlery.config.source.AssetTemplate;
import dev.chandlery.config.source.ToolTexts;
import dev.chandlery.config.yaml.Key;
import dev.chandlery.config.yaml.Section;
import dev.chandlery.config.yaml.TextType;
import dev.chandlery.config.yaml.Values;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code slsa}, {@code attestation} and {@code npm} of a tool's {@code verify}. */
final class ProvenanceSections {
    private static final Pattern REPOSITORY = Pattern.compile(
            "(?:https://)?github\\.com/([A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100})");
    private static final Pattern SIGNER_WORKFLOW = Pattern.compile(
            "[A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100}/\\.github/workflows/[A-Za-z0-9_.-]{1,100}");
    /** The builder of almost all projects that publish SLSA provenance as a file. */
    private static final String GENERATOR = "https://github\\.com/slsa-framework/"
            + "slsa-github-generator/\\.github/workflows/.+@refs/tags/v.+";

    /** Keys that say what was built; the same in both sections. */
    private record BuildKeys<S>(Key<S, String> source, Key<S, String> workflow,
            Key<S, String> builder, Key<S, AssetTemplate> ref) {

        static <S> BuildKeys<S> of(Function<S, BuildSpec> build) {
            return new BuildKeys<>(Key.optional("source", ProofTexts.SOME,
                    "repository that was built, such as github.com/o/r",
                    spec -> Optional.of(build.apply(spec).source())),
                    Key.optional("workflow", ProofTexts.WORKFLOW_PATH,
                            "path in it of the workflow that built; default: any",
                            spec -> build.apply(spec).workflow()),
                    Key.optional("builder", ProofTexts.SOME,
                            "URI of the builder, * at its end for any rest; default: any",
                            spec -> build.apply(spec).builder()),
                    Key.optional("ref", ToolTexts.TEMPLATE,
                            "that was built, such as refs/tags/{tag}; default: any",
                            spec -> build.apply(spec).ref()));
        }

        Optional<BuildSpec> read(Values values, Optional<String> repository) {
            return values.find(source)
                    .or(() -> repository.map(name -> "github.com/" + name))
                    .map(from -> new BuildSpec(from, values.find(workflow), values.find(builder),
                            values.find(ref)));
        }
    }

    private static final Key<SlsaSpec, AssetTemplate> PROVENANCE = Key.of("provenance",
            ToolTexts.TEMPLATE, "name of the file, {asset} when there is one for each",
            SlsaSpec::provenance).or(new AssetTemplate("multiple.intoto.jsonl"));
    private static final BuildKeys<SlsaSpec> SLSA_BUILD = BuildKeys.of(SlsaSpec::build);
    private static final SignerKeys<SlsaSpec> SLSA_SIGNER = SignerKeys.of(SlsaSpec::signer);
    private static final Key<SlsaSpec, String> SLSA_KEY = ProofTexts.key(
            "PEM of the public key, when it is signed by key", spec -> SigstoreSection.keys(spec
                    .signer()));
    private static final Key<SlsaSpec, List<Path>> SLSA_KEYS = ProofTexts.keyFiles(
            "PEM files of public keys, any of which may sign", spec -> SigstoreSection.keys(spec
                    .signer()));

    private static final Key<AttestationSpec, String> ASKED = Key.optional("repository", TextType
            .of(ToolTexts::ownerAndName, text -> text),
            "owner/repository whose attestations are asked for; default: that of source",
            spec -> Optional.of(spec.repository()));
    private static final Key<AttestationSpec, String> SIGNER_FLOW = Key.optional("signer_workflow",
            TextType.of(ProvenanceSections::signerWorkflow, text -> text),
            "owner/repository/.github/workflows/x.yml of a shared workflow that signs",
            _ -> Optional.empty());
    private static final BuildKeys<AttestationSpec> BUILT = BuildKeys.of(AttestationSpec::build);
    private static final SignerKeys<AttestationSpec> ATTESTER = SignerKeys.of(
            AttestationSpec::signer);

    private static final Key<NpmProofSpec, String> NPM_KEY = ProofTexts.key(
            "the registry's keys, JSON as of its /-/npm/v1/keys", spec -> Optional.of(spec.keys()));
    private static final Key<NpmProofSpec, List<Path>> NPM_FILES = ProofTexts.keyFiles(
            "files of the registry's keys", spec -> Optional.of(spec.keys()));
    static final Section<NpmProofSpec> NPM = new Section<>(List.of(NPM_KEY, NPM_FILES),
            values -> new NpmProofSpec(ProofTexts.keys(values, NPM_KEY, NPM_FILES)
                    .orElseThrow(
                            () -> values.invalid("key or key_files is missing: a registry's own"
                                    + " word for its keys pins nothing"))));

    private ProvenanceSections() {}

    static final Section<SlsaSpec> SLSA = new Section<>(List.of(PROVENANCE, SLSA_BUILD.source(),
            SLSA_BUILD.workflow(), SLSA_BUILD.builder(), SLSA_BUILD.ref(), SLSA_SIGNER.identity(),
            SLSA_SIGNER.pattern(), SLSA_SIGNER.issuer(), SLSA_KEY, SLSA_KEYS, SLSA_SIGNER
                    .trustedRoot()), ProvenanceSections::slsa);

    static final Section<AttestationSpec> ATTESTATION = new Section<>(List.of(ASKED, SIGNER_FLOW,
            BUILT.source(), BUILT.workflow(), BUILT.builder(), BUILT.ref(), ATTESTER.identity(),
            ATTESTER.pattern(), ATTESTER.issuer(), ATTESTER.trustedRoot()),
            ProvenanceSections::attestation);

    private static SlsaSpec slsa(Values values) {
        BuildSpec build = SLSA_BUILD.read(values, Optional.empty())
                .orElseThrow(() -> values.invalid(
                        "source is missing: the repository that was built, github.com/o/r"));
        Optional<KeySpec> keys = ProofTexts.keys(values, SLSA_KEY, SLSA_KEYS);
        Optional<ByIdentity> identity = SLSA_SIGNER.read(values);
        if (keys.isEmpty() && identity.isEmpty()) {
            identity = Optional.of(new ByIdentity(new IdentitySpec(GENERATOR, true,
                    IdentitySpec.GITHUB_ACTIONS), values.find(SLSA_SIGNER.trustedRoot())));
        }
        Signer signer = SigstoreSection.signer(values, identity, keys);
        return new SlsaSpec(values.get(PROVENANCE), build, signer);
    }

    private static AttestationSpec attestation(Values values) {
        Optional<String> source = values.find(BUILT.source())
                .map(REPOSITORY::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1));
        String repository = values.find(ASKED)
                .or(() -> source)
                .orElseThrow(() -> values.invalid(
                        "repository is missing: owner/repository whose attestations are asked for"));
        BuildSpec build = BUILT.read(values, Optional.of(repository)).orElseThrow();
        if (values.has(SIGNER_FLOW) && (values.has(ATTESTER.identity()) || values.has(ATTESTER
                .pattern()))) {
            throw values.invalid(SIGNER_FLOW, "expected signer_workflow or identity, not both");
        }
        ByIdentity signer = ATTESTER.read(values)
                .orElseGet(() -> new ByIdentity(workflow(values,
                        repository, build), values.find(ATTESTER.trustedRoot())));
        return new AttestationSpec(repository, build, signer);
    }

    /** The workflow that signs: the one that is named, else any of the repository. */
    private static IdentitySpec workflow(Values values, String repository, BuildSpec build) {
        String path = values.find(SIGNER_FLOW)
                .or(() -> build.workflow()
                        .map(file -> repository + "/"
                                + file))
                .map(Pattern::quote)
                .orElseGet(() -> Pattern.quote(repository + "/.github/workflows/") + "[^@]+");
        return new IdentitySpec("https://github\\.com/" + path + "@.+", true,
                IdentitySpec.GITHUB_ACTIONS);
    }

    private static String signerWorkflow(String text) {
        if (!SIGNER_WORKFLOW.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "expected owner/repository/.github/workflows/x.yml");
        }
        return text;
    }
}
