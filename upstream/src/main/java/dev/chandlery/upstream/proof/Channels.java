package dev.chandlery.upstream.proof;

import dev.chandlery.config.proof.SecondSourceSpec;
import dev.chandlery.config.source.AssetTemplate;
import dev.chandlery.config.source.PathPatterns;
import dev.chandlery.config.tool.ContentSpec;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.Digest;
import dev.chandlery.upstream.proof.Members.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Compares what two channels have, byte for byte. */
final class Channels {
    private Channels() {}

    /**
     * Requires that the files that are named are the same, and that nothing executable of the tool is left
     * out of the comparison.
     */
    static void compare(SecondSourceSpec spec, ToolSpec tool, Signed signed) {
        Candidate candidate = signed.candidate();
        ProofRequest request = new ProofRequest.Channel(candidate, spec);
        ChannelRecord record = signed.findings()
                .find(request)
                .map(json -> ChannelRecord.parse(json,
                        candidate.name()))
                .orElseThrow(() -> signed.untrusted(spec,
                        "the second channel does not have " + candidate.asset()
                                .release()
                                .version() + " for " + candidate.asset().platform()));
        SortedMap<String, String> pairs = pairs(spec, signed);
        SortedMap<String, Member> own = Members.read(candidate.file(), candidate.name(), candidate
                .hashes()
                .sha256(), pairs.keySet());
        pairs.forEach((path, other) -> {
            Digest expected = record.files().get(other);
            Member actual = own.get(path);
            if (expected == null || actual == null) {
                throw signed.untrusted(spec, "there is no " + (actual == null
                        ? path + " in " + candidate.name()
                        : other + " in " + record.fileName() + " of " + record.source()));
            }
            if (!actual.digest().equals(expected)) {
                throw new ContentMismatchException(path + " of " + candidate.name() + " beside "
                        + record.source() + " " + record.release(), expected.toString(), actual
                                .digest()
                                .toString());
            }
        });
        requireAll(spec, tool, signed, own, pairs.keySet());
        signed.findings()
                .note("second source: " + String.join(", ", pairs.keySet()) + " of "
                        + candidate.name() + " the same as in " + record.fileName() + " of "
                        + record.source() + " " + record.release());
    }

    private static SortedMap<String, String> pairs(SecondSourceSpec spec, Signed signed) {
        SortedMap<String, String> pairs = new TreeMap<>();
        for (Map.Entry<AssetTemplate, AssetTemplate> pair : spec.files().entrySet()) {
            pairs.put(pair.getKey().expand(signed.values()), pair.getValue()
                    .expand(signed
                            .values()));
        }
        return pairs;
    }

    /** What would be published as an executable and was not compared is not proven. */
    private static void requireAll(SecondSourceSpec spec, ToolSpec tool, Signed signed,
            SortedMap<String, Member> own, Set<String> compared) {
        if (compared.contains(Members.WHOLE)) {
            return;
        }
        own.values()
                .stream()
                .filter(member -> member.executable() && !compared.contains(member
                        .path()))
                .filter(member -> member.names().stream().anyMatch(name -> isPublished(tool, name)))
                .findFirst()
                .ifPresent(member -> {
                    throw signed.untrusted(spec, "the executable " + member.path()
                            + " is not among the files that are compared; add it, or leave it out"
                            + " of binaries");
                });
    }

    /**
     * As a binary of registry.yaml, with version and platform behind its name or not; or as a file that
     * {@code include} names, below the one folder that archives may have on top.
     */
    private static boolean isPublished(ToolSpec tool, String path) {
        ContentSpec content = tool.content();
        String name = path.substring(path.lastIndexOf('/') + 1);
        String below = path.substring(path.indexOf('/') + 1);
        boolean binary = content.binaries().isEmpty() || content.binaries()
                .stream()
                .anyMatch(each -> name.startsWith(each) && (name.length() == each.length()
                        || "-_.".indexOf(name.charAt(each.length())) >= 0));
        List<String> included = new ArrayList<>(content.include());
        included.add("include/**");
        PathPatterns patterns = new PathPatterns(included);
        return binary || patterns.match(path) || patterns.match(below);
    }
}
