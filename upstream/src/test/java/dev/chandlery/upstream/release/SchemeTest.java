package dev.chandlery.upstream.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.config.tool.VersionScheme;
import dev.chandlery.upstream.Release;
import dev.chandlery.upstream.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SchemeTest {
    private static final long SEED = 20261121;
    private static final List<String> PIECES = List.of("0", "1", "2", "10", "01", "2025", "12",
            "20251201", "rc", "rc1", "-rc-1", "alpha", "b", "b2", "post", "v", "+", "-", ".", "_",
            "x", "final", "é", "SNAPSHOT", "99999999999999999999");

    /** Old to new. */
    private static void assertOrder(VersionScheme scheme, String... versions) {
        List<Release> expected = Stream.of(versions).map(SchemeTest::release).toList();
        List<Release> shuffled = new ArrayList<>(expected);
        Collections.shuffle(shuffled, new Random(SEED));
        shuffled.sort(Scheme.of(scheme).order());
        assertThat(shuffled).isEqualTo(expected);
    }

    @Test
    void semverFollowsItsSpecification() {
        assertOrder(VersionScheme.SEMVER, "1.0.0-1", "1.0.0-alpha", "1.0.0-alpha.1",
                "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1",
                "1.0.0-rc10", "1.0.0-rc2", "1.0.0", "1.0.0+1", "1.0.0+2", "1.0.0+10", "1.9.0",
                "1.10.0", "99999999999999999999.0.0");
        Scheme semver = Scheme.of(VersionScheme.SEMVER);
        assertThat(semver.accepts("1.0")).isFalse();
        assertThat(semver.accepts("01.0.0")).isFalse();
        assertThat(semver.accepts("1.0.0-01")).isFalse();
        assertThat(semver.accepts("v1.0.0-rc.1+b.7")).isTrue();
        assertThat(semver.isPrerelease("33.4.0-jre")).isTrue();
    }

    @Test
    void looseReadsRebuildsLettersAndCandidatesAsPeopleDo() {
        assertOrder(VersionScheme.LOOSE, "1.1.0", "1.1.1b1", "1.1.1-rc1", "1.1.1", "1.1.1a",
                "1.1.1b", "1.1.1w", "1.14.0-rc1", "1.14.0-RC2", "1.14.0", "1.14.0-1", "1.14.0-2",
                "1.14.1", "31.0-rc1", "31.0-rc-2", "31.0-rc10", "31.0", "31.1", "33.4.0",
                "33.4.0-jre", "2024a", "2024b");
    }

    @Test
    void calverReadsAllWaysToWriteADate() {
        assertOrder(VersionScheme.CALVER, "2022.10.1", "2023-01-02", "20230103", "24.04",
                "24.04.1", "2024.4.02", "2025-11-30", "2025-12-01-rc1", "2025-12-01",
                "2025-12-01-1", "2025-12-01.2", "2025-12-10");
        Scheme calver = Scheme.of(VersionScheme.CALVER);
        assertThat(calver.accepts("1.2.3")).isFalse();
        assertThat(calver.accepts("2025-13-01")).isFalse();
        assertThat(calver.accepts("202512011")).isFalse();
    }

    @Test
    void opaqueGoesByTimeAndThenByText() {
        Release early = dated("fffffff", "2026-01-01T00:00:00Z");
        Release late = dated("0a1b2c3", "2026-02-01T00:00:00Z");
        Release undated = release("ccccccc1");
        List<Release> releases = new ArrayList<>(List.of(late, undated, early));
        releases.sort(Scheme.of(VersionScheme.OPAQUE).order());
        assertThat(releases).containsExactly(undated, early, late);
    }

    @ParameterizedTest
    @CsvSource({"SEMVER, 31.1.2, 31 31.1", "SEMVER, 31.1.2-rc.1, ''", "LOOSE, 31.1, 31",
            "LOOSE, 31, ''", "LOOSE, 31.1-rc1, ''", "LOOSE, 1.14.0-1, 1 1.14", "LOOSE, r5.2, ''",
            "CALVER, 2025-12-01, 2025 2025-12", "CALVER, 20251201, 2025 202512",
            "CALVER, 24.04, 24", "OPAQUE, 1.2.3, ''"})
    void seriesAreBeginningsOfVersions(VersionScheme scheme, String version, String expected) {
        assertThat(String.join(" ", Scheme.of(scheme).series(new Version(version)))).isEqualTo(
                expected);
    }

    @ParameterizedTest
    @CsvSource({"1.0.0 1.2.0-rc.1, SEMVER", "1.0.0 1.14.0-1, LOOSE", "31.0 31.1, LOOSE",
            "1.0.0 1.0.0-rc1, LOOSE", "33.4.0-jre, LOOSE", "2025-12-01 2024.01.02-1, CALVER",
            "2025-12-01 1.0.0, LOOSE", "24.04 24.10, LOOSE", "0a1b2c3 4d5e6f7, OPAQUE",
            "'', LOOSE"})
    void detectionIsCareful(String versions, VersionScheme expected) {
        assertThat(Scheme.detect(versions.isEmpty() ? List.of() : List.of(versions.split(" "))))
                .isEqualTo(expected);
    }

    @Test
    void whatIsDetectedMakesNoDifferenceToTheOrder() {
        Random random = new Random(SEED);
        List<Release> semver = IntStream.range(0, 300)
                .mapToObj(_ -> release(random.nextInt(3) + "." + random.nextInt(12) + "." + random
                        .nextInt(3) + List.of("", "-rc.1", "-rc.12", "-alpha", "-beta.3", "+7")
                                .get(random.nextInt(6))))
                .distinct()
                .toList();
        List<Release> dates = IntStream.range(0, 300)
                .mapToObj(_ -> release("%d-%02d-%02d%s".formatted(2020 + random.nextInt(7), 1
                        + random.nextInt(12), 1 + random.nextInt(28), random.nextBoolean()
                                ? ""
                                : "-" + random.nextInt(12))))
                .distinct()
                .toList();
        for (List<Release> some : List.of(semver, dates)) {
            VersionScheme found = Scheme.detect(some.stream()
                    .map(r -> r.version().text())
                    .toList());
            assertThat(found).isNotEqualTo(VersionScheme.LOOSE);
            assertThat(some.stream().sorted(Scheme.of(found).order())).containsExactlyElementsOf(
                    some.stream().sorted(Scheme.of(VersionScheme.LOOSE).order()).toList());
        }
    }

    /** Random texts of what versions are made of. */
    @ParameterizedTest
    @EnumSource
    void everyOrderIsTotal(VersionScheme scheme) {
        Random random = new Random(SEED);
        Comparator<Release> order = Scheme.of(scheme).order();
        List<Release> releases = IntStream.range(0, 60).mapToObj(_ -> any(random)).toList();
        for (Release a : releases) {
            for (Release b : releases) {
                int ab = order.compare(a, b);
                assertThat(Integer.signum(ab)).as("%s and %s, seed %s", a, b, SEED)
                        .isEqualTo(-Integer.signum(order.compare(b, a)));
                assertThat(ab == 0).as("%s and %s, seed %s", a, b, SEED)
                        .isEqualTo(a.version().equals(b.version())
                                && (scheme != VersionScheme.OPAQUE || a.published()
                                        .equals(b.published())));
                for (Release c : releases) {
                    if (ab <= 0 && order.compare(b, c) <= 0 && order.compare(a, c) > 0) {
                        throw new AssertionError("not transitive: " + a + ", " + b + ", " + c
                                + ", seed " + SEED);
                    }
                }
            }
        }
    }

    private static Release any(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        Optional<Instant> published = random.nextBoolean()
                ? Optional.empty()
                : Optional.of(Instant.ofEpochSecond(random.nextInt(3)));
        return new Release(text.toString(), new Version(text.toString()), published, false,
                Optional.empty());
    }

    private static Release release(String version) {
        return new Release(version, new Version(version), Optional.empty(), false, Optional
                .empty());
    }

    private static Release dated(String version, String at) {
        return new Release(version, new Version(version), Optional.of(Instant.parse(at)), false,
                Optional.empty());
    }
}
