package dev.chandlery.trust.sigstore;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.json.Fields;
import dev.chandlery.oci.json.StrictJson;
import dev.chandlery.trust.JsonDocument;
import dev.chandlery.trust.JsonLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What GitHub's API and npm's registries answer for the attestations of a digest or version.
 *
 * @param bundles sigstore bundles that came with the answer; none is believed
 * @param bundleUrls of bundles that are to be fetched
 */
public record AttestationList(List<Bytes> bundles, List<String> bundleUrls) {
    private static final int MAX_ATTESTATIONS = 1000;

    public AttestationList {
        bundles = List.copyOf(bundles);
        bundleUrls = List.copyOf(bundleUrls);
    }

    /**
     * Reads {@code {"attestations": [{"bundle": ...}]}}, or bundles and envelopes in lines as {@code gh
     * attestation download} and generators of SLSA provenance write them.
     *
     * @throws MalformedContentException when it is neither
     */
    public static AttestationList parse(Bytes json, String what) {
        List<Bytes> lines = JsonLines.split(json, what);
        if (lines.size() == 1) {
            Fields fields = JsonDocument.read(lines.getFirst(), what);
            if (fields.has("attestations")) {
                return ofAnswer(fields);
            }
        }
        return new AttestationList(lines, List.of());
    }

    private static AttestationList ofAnswer(Fields answer) {
        List<Fields> attestations = answer.objects("attestations");
        if (attestations.size() > MAX_ATTESTATIONS) {
            throw answer.unexpected("attestations", "at most " + MAX_ATTESTATIONS);
        }
        List<Bytes> bundles = new ArrayList<>();
        List<String> urls = new ArrayList<>();
        for (Fields attestation : attestations) {
            Optional<Fields> bundle = attestation.object("bundle");
            bundle.ifPresentOrElse(each -> bundles.add(StrictJson.write(each.node())),
                    () -> attestation.text("bundle_url").ifPresent(urls::add));
        }
        return new AttestationList(bundles, urls);
    }
}
