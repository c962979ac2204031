package dev.chandlery.manager.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.cli.state.RunState;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.manager.cache.CacheUsage;
import dev.chandlery.manager.health.CacheHealth;
import dev.chandlery.manager.health.HealthReport;
import dev.chandlery.manager.health.RegistryHealth;
import dev.chandlery.manager.health.TargetHealth;
import dev.chandlery.oci.Digest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The three forms, of a report with ordinary and hostile texts. */
class PagesTest {
    private static final Instant NOW = Instant.parse("2026-03-02T06:05:00Z");
    private static final String HOSTILE =
            "<script>alert('x')</script>\" onload=\"y | **b** [c](https://evil.example) @admin\n# Owned \u202Egnp";

    private static final StateReport REPORT = new StateReport("registry.example/tools", health(),
            List.of(tool("protoc", "31.1"), tool(HOSTILE, "1.0"), new ToolState("broken", List.of(),
                    0, Optional.of("cannot list tags: 503"))), List.of(),
            List.of(new RunHistory.Run("publish",
                    NOW.minusSeconds(300), "failed", Optional.of(Duration.ofSeconds(83)),
                    HOSTILE)), List.of(new RunHistory.Due("health", NOW.plusSeconds(60))),
            List.of(new RunHistory.Incident("drift", HOSTILE, NOW.minusSeconds(9000),
                    "expected sha256:aa, got sha256:bb")), OptionalLong.of(5L << 30));

    @Test
    void hostileTextsAreTextInHtml() {
        String html = HtmlPage.of(REPORT);
        assertThat(html).doesNotContain("<script", "onload=\"", "\u202E")
                .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot; onload=&quot;y");
        assertThat(html.lines()).noneMatch(line -> line.startsWith("# Owned"));
    }

    @Test
    void htmlIsOneDocumentThatLoadsNothing() {
        String html = HtmlPage.of(REPORT);
        assertThat(html).startsWith("<!DOCTYPE html>")
                .endsWith("</html>")
                .contains("default-src 'none'", "prefers-color-scheme:dark", "@media print",
                        "width=device-width")
                .doesNotContain("<link", "<img", "src=", "href=", "url(");
    }

    @Test
    void htmlShowsWhatThereIs() {
        assertThat(HtmlPage.of(REPORT)).contains(">degraded<", ">31.1<", ">checksum-file<",
                "linux-x86_64; absent: darwin-arm64", "unread: cannot list tags: 503", ">30 days<",
                ">drift<", "2026-03-02 06:00", ">1 m 23 s<", "5.0 GiB on disk",
                "class=\"bad\">MISSED<");
    }

    @Test
    void hostileTextsAreTextInMarkdown() {
        String markdown = MarkdownPage.of(REPORT);
        assertThat(markdown).doesNotContain("<script", "@admin", "https://evil", "[c](")
                .contains("\\*\\*b\\*\\*", "&#64;admin", "y \\| ");
        assertThat(markdown.lines()).noneMatch(line -> line.startsWith("# Owned"));
    }

    @Test
    void markdownTablesHaveAsManyCellsAsHeadings() {
        List<String> table = MarkdownPage.of(REPORT)
                .lines()
                .dropWhile(line -> !line.equals("## Tools"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
        assertThat(table).hasSize(5)
                .allSatisfy(line -> assertThat(line.replace("\\|", "")
                        .chars()
                        .filter(
                                c -> c == '|')).hasSize(6));
        assertThat(table.get(2)).isEqualTo(
                "| protoc | 31.1 | 30 days | checksum-file | linux-x86\\_64; absent: darwin-arm64 |");
    }

    @Test
    void jsonHasTheTextsAsTheyAre() throws IOException {
        JsonNode json = JsonMapper.builder().build().readTree(JsonPage.of(REPORT));
        assertThat(json.at("/tools/1/tool").asText()).isEqualTo(HOSTILE);
        assertThat(json.at("/tools/0/versions/0/platforms/linux-x86_64/trust").asText()).isEqualTo(
                "checksum-file");
        assertThat(json.at("/incidents/0/kind").asText()).isEqualTo("drift");
        assertThat(json.at("/last_runs/0/duration_ms").asLong()).isEqualTo(83_000);
        assertThat(json.at("/health/status").asText()).isEqualTo("degraded");
    }

    private static ToolState tool(String name, String version) {
        PlatformName linux = PlatformName.parse("linux-x86_64");
        return new ToolState(name, List.of(new ToolState.Version(version, new TreeMap<>(Map.of(
                linux,
                new ToolState.Content(Digest.ofBytes(new byte[]{1}), Optional.of("checksum-file"),
                        Optional.of(NOW.minus(Duration.ofDays(30)))))), List.of(PlatformName.parse(
                                "darwin-arm64")))), 4, Optional.empty());
    }

    private static HealthReport health() {
        RegistryHealth well = new RegistryHealth(Duration.ofMillis(12), OptionalLong.of(3), Optional
                .of(true), Optional.empty());
        RegistryHealth down = new RegistryHealth(Duration.ofSeconds(4), OptionalLong.empty(),
                Optional.empty(), Optional.of("cannot connect to backup.example: timed out"));
        return new HealthReport(NOW, well, new TreeMap<>(Map.of("backup.example/tools", down)),
                new CacheHealth(new CacheUsage(12, 3L << 30), 10L << 30, true, Optional.empty()),
                RunState.NONE, List.of(new TargetHealth(TargetHealth.Kind.AVAILABILITY, 99.9,
                        Optional.of(99.5), 200), new TargetHealth(TargetHealth.Kind.PULL_TIME, 5000,
                                Optional.empty(), 0)));
    }
}
