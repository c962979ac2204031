package dev.chandlery.bench.copy.floor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.bench.copy.floor.Step.Kind;
import dev.chandlery.bench.copy.stock.Stock;
import dev.chandlery.bench.copy.stock.Stocks;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final double TENTH = 0.1;
    private static final double HUNDREDTH = 0.01;

    private static Stock stock(double scale, String name) {
        return Stocks.of(scale)
                .stream()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Map<Kind, Long> counts(Plan plan) {
        return plan.steps()
                .stream()
                .collect(Collectors.groupingBy(Step::kind, Collectors
                        .counting()));
    }

    @Test
    void nothingIsSentTwice() {
        // 200 artifacts and 50 empty configs in 50 repositories: 1,150 requests, as each blob takes three.
        assertThat(counts(Plan.all(stock(TENTH, "tiny").roots()))).isEqualTo(Map.of(Kind.GET, 200L,
                Kind.PUT, 200L, Kind.BLOB, 250L));
    }

    @Test
    void whatIsNamedComesFirst() {
        // One tool: 5 indexes of 5 images, 5 referrers, each in an index of its own.
        List<Step> steps = Plan.all(stock(TENTH / 4, "tools").roots()).steps();
        assertThat(steps).filteredOn(s -> s.kind() == Kind.PUT).hasSize(40);
        for (int number = 0; number < steps.size(); number++) {
            int at = number;
            assertThat(steps.get(number).after()).allMatch(before -> before < at);
        }
    }

    @Test
    void withNothingToDoEachTagIsLookedAtOnBothSides() {
        Stock tiny = stock(HUNDREDTH, "tiny");
        long tags = tiny.roots().size();
        assertThat(counts(Plan.none(tiny.roots()))).isEqualTo(Map.of(Kind.GET, tags, Kind.LOOK,
                tags));
    }

    @Test
    void ofAChangedTagOnlyTheNewIsSent() {
        Stock tools = stock(TENTH, "tools");
        Map<Kind, Long> counts = counts(Plan.one(tools.roots(), tools.change().apply(1)));
        // One platform's layer, config and manifest, and the index.
        assertThat(counts).containsEntry(Kind.BLOB, 2L)
                .containsEntry(Kind.PUT, 2L)
                .containsEntry(Kind.GET, tools.roots().size() + 1L);
    }
}
