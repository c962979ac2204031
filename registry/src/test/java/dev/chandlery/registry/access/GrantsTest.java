package dev.chandlery.registry.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.metadata.NameRange;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where in the order of names repositories are that somebody has a right to. */
final class GrantsTest {
    private static final int NAMES = 2_000;
    private static final AccessRules RULES = new AccessRules(List.of(new AccessRule(
            RepositoryPattern.parse("team/**"), Set.of("red"), Set.of(Action.PULL))));

    @ParameterizedTest
    @CsvSource({"team/app, team/app, true", "team/app, team/app/x, false",
            "team/app, team/app-x, false", "team/app, team/ap, false", "team/**, team, true",
            "team/**, team/a/b, true", "team/**, team-2/a, false", "team/**, teams, false",
            "team/*, team/a, true", "team-*, team-a/b, true", "team-*, team/a, false",
            "**, a/b, true", "*/public, z/y, true"})
    void aPatternReachesAsFarAsItsNamesBegin(String pattern, String name, boolean reached) {
        assertThat(RepositoryPattern.parse(pattern)
                .ranges()
                .stream()
                .anyMatch(range -> range.contains(new RepositoryName(name)))).isEqualTo(reached);
    }

    @Test
    void whateverIsAllowedIsReached() {
        Random random = new Random(3);
        List<String> globs = List.of("a/**", "a-b", "a.b/*", "a__b/**", "b**", "*/a", "ab");
        for (int i = 0; i < NAMES; i++) {
            RepositoryName name = name(random);
            Grants grants = new AccessRules(globs.stream()
                    .filter(_ -> random.nextBoolean())
                    .map(glob -> new AccessRule(RepositoryPattern.parse(glob), Set.of("red"), Set
                            .of(Action.PULL)))
                    .toList()).of("red", Set.of());
            if (grants.allow(name, Action.PULL)) {
                assertThat(NameRange.merged(grants.reach(Action.PULL))).as(name.value())
                        .filteredOn(range -> range.contains(name))
                        .hasSize(1);
            }
            assertThat(grants.reach(Action.PUSH)).isEmpty();
        }
    }

    @Test
    void aTokenReachesWhatItWasAskedFor() {
        Grants all = RULES.of("red", Set.of());
        Grants one = Scope.grants(List.of(Scope.find("repository:team/app:pull").orElseThrow()));
        assertThat(new Caller("red", "", Set.of(), all, one, Set.of()).reach()).containsExactly(
                NameRange.of("team/app"));
        assertThat(new Caller("red", "", Set.of(), all, Grants.ALL, Set.of()).reach())
                .containsExactly(NameRange.of("team"), NameRange.beginningWith("team/"));
        assertThat(new Caller("red", "", Set.of(), Grants.NONE, Grants.ALL, Set.of()).reach())
                .isEmpty();
        assertThat(TokenScope.grants(List.of(TokenScope.parse("oci:repository:a/**:push")), true)
                .reach(Action.PULL)).isEmpty();
    }

    private static RepositoryName name(Random random) {
        List<String> parts = List.of("a", "b", "ab", "a-b", "a.b", "a__b", "a-b-a");
        StringBuilder name = new StringBuilder(parts.get(random.nextInt(parts.size())));
        while (random.nextInt(3) > 0) {
            name.append('/').append(parts.get(random.nextInt(parts.size())));
        }
        return new RepositoryName(name.toString());
    }
}
