package dev.chandlery.upstream.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.RedactedUri;
import dev.chandlery.upstream.Asset;
import dev.chandlery.upstream.EvidenceFile;
import dev.chandlery.upstream.fetch.Downloads;
import dev.chandlery.upstream.proof.ProofSource;
import dev.chandlery.upstream.sbom.SbomFormat;
import dev.chandlery.upstream.sbom.SbomNames;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Fetches the bills of materials that a release has of an asset. Those that are too large, in no format that
 * is known, or gone, are left out: the asset stands without them.
 *
 * @param downloads of upstream's files
 */
record ReleaseSboms(Downloads downloads) {
    private static final int MOST = 8;

    /**
     * In the order of their names.
     *
     * @param release as GitHub's API has it
     * @throws ContentMismatchException when one is not what the API states
     */
    List<EvidenceFile> of(Asset asset, JsonNode release) {
        Map<String, JsonNode> files = new TreeMap<>();
        for (JsonNode each : release.path("assets")) {
            if (each.path("state").asText("uploaded").equals("uploaded")) {
                files.put(each.path("name").asText(""), each);
            }
        }
        Set<String> about = Set.copyOf(SbomNames.of(asset.fileName(), files.keySet()));
        List<EvidenceFile> found = new ArrayList<>();
        files.forEach((name, file) -> {
            if (about.contains(name) && found.size() < MOST) {
                fetch(name, file).ifPresent(found::add);
            }
        });
        return found;
    }

    private Optional<EvidenceFile> fetch(String name, JsonNode file) {
        if (name.indexOf('/') >= 0 || file.path("size").asLong(0) > ProofSource.MAX_BYTES) {
            return Optional.empty();
        }
        URI uri = URI.create(file.path("browser_download_url").asText());
        Optional<Bytes> content = downloads.find(HttpCall.get(uri)
                .withAction("fetch " + RedactedUri.of(uri)), ProofSource.MAX_BYTES);
        content.ifPresent(bytes -> requireStated(name, bytes, file));
        return content.flatMap(bytes -> SbomFormat.find(bytes)
                .map(format -> new EvidenceFile(name, format.mediaType(), bytes)));
    }

    private static void requireStated(String name, Bytes content, JsonNode file) {
        Digest.find(file.path("digest").asText("")).ifPresent(stated -> {
            Digest actual = content.digest(stated.algorithm());
            if (!actual.equals(stated)) {
                throw new ContentMismatchException(name, stated.toString(), actual.toString());
            }
        });
    }
}
