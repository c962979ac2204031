package dev.chandlery.manager.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.config.source.NamePattern;
import dev.chandlery.config.tool.SelectionSpec;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagSelectionTest {
    private static final String HEX_A = "a".repeat(64);
    private static final String HEX_B = "b".repeat(64);
    private static final String FALLBACK = "sha256-" + HEX_A;
    private static final String SIGNATURE_A = FALLBACK + ".sig";
    private static final String SBOM_B = "sha256-" + HEX_B + ".sbom";
    private static final Set<Tag> ALL = tags("v1.9", "v1.9-linux-x86_64", "v1.10",
            "v1.10-linux-x86_64", "v1.10-rc1", "latest", FALLBACK, SIGNATURE_A, SBOM_B);

    @Test
    void allButFallbackTagsAreCopied() {
        assertThat(select(SelectionSpec.ALL)).containsExactly("latest", SIGNATURE_A, SBOM_B,
                "v1.10", "v1.10-linux-x86_64", "v1.10-rc1", "v1.9", "v1.9-linux-x86_64");
    }

    @Test
    void theLatestComeWithTheirPlatformsAndSignatures() {
        assertThat(select(spec(1, true))).containsExactly(SIGNATURE_A, "v1.10",
                "v1.10-linux-x86_64");
        assertThat(select(spec(2, true))).containsExactly(SIGNATURE_A, "v1.10",
                "v1.10-linux-x86_64", "v1.10-rc1");
        assertThat(select(spec(1, false))).containsExactly("v1.10", "v1.10-linux-x86_64");
    }

    @Test
    void patternsNameWhatIsNoVersionToo() {
        assertThat(select(spec(1, true, "v1.9*", "latest"))).containsExactly("latest",
                SIGNATURE_A, "v1.9", "v1.9-linux-x86_64");
        assertThat(select(spec(0, true, "v1.9"))).containsExactly(SIGNATURE_A, "v1.9");
        assertThat(select(spec(0, true, "none"))).isEmpty();
    }

    @Test
    void fallbackTagsAreTagsOnlyWithoutReferrers() {
        assertThat(select(spec(0, true, "sha256-*"))).containsExactly(SIGNATURE_A, SBOM_B);
        assertThat(select(spec(0, false, "sha256-*"))).containsExactly(FALLBACK, SIGNATURE_A,
                SBOM_B);
        assertThat(select(spec(0, false))).doesNotContain(FALLBACK);
    }

    @Test
    void digestsAreAskedForOnlyWhereTheyDecide() {
        Set<Tag> plain = tags("v1.0", "v1.1", FALLBACK);

        assertThat(new TagSelection(spec(1, true)).select(plain, _ -> {
            throw new AssertionError("asked");
        })).containsExactly(new Tag("v1.1"));
    }

    @ParameterizedTest
    @CsvSource({"v1.2, 1.2", "1.2, 1.2", "v1.2-linux-x86_64, 1.2", "1.2-darwin-arm64, 1.2",
            "v1.2_b1, 1.2+b1", "3.19-alpine, 3.19-alpine", "latest, ''", "vnext, ''"})
    void tagsHaveVersions(String tag, String version) {
        assertThat(TagSelection.version(new Tag(tag)).map(found -> found.text()).orElse(""))
                .isEqualTo(version);
    }

    @Test
    void coversWhatItIsAbout() {
        assertThat(covers(SelectionSpec.ALL, "v9", SIGNATURE_A)).containsExactly(true, true);
        assertThat(covers(SelectionSpec.ALL, FALLBACK)).containsExactly(false);
        assertThat(covers(spec(0, true, "v1.*"), "v1.7", "v2.0", SIGNATURE_A)).containsExactly(true,
                false, false);
        assertThat(covers(spec(3, true), "v0.1", SIGNATURE_A)).containsExactly(true, false);
    }

    private static List<Boolean> covers(SelectionSpec what, String... tags) {
        TagSelection selection = new TagSelection(what);
        return Arrays.stream(tags).map(tag -> selection.covers(new Tag(tag))).toList();
    }

    private static List<String> select(SelectionSpec what) {
        return new TagSelection(what).select(ALL, _ -> Set.of(Digest.parse("sha256:" + HEX_A)))
                .stream()
                .map(Tag::value)
                .toList();
    }

    private static SelectionSpec spec(int latest, boolean referrers, String... globs) {
        return new SelectionSpec(List.of(), List.of(), Arrays.stream(globs)
                .map(NamePattern::new)
                .toList(), latest == 0 ? Optional.empty() : Optional.of(latest), List.of(),
                referrers);
    }

    private static Set<Tag> tags(String... names) {
        return Arrays.stream(names).map(Tag::new).collect(Collectors.toSet());
    }
}
