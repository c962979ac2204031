package dev.chandlery.dist.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One expression of the dashboard or the rules, taken apart as far as names and labels go.
 *
 * @param where it is, for messages
 * @param expression in Prometheus' language
 * @param shown labels that its legend or annotations name
 */
record Question(String where, String expression, Set<String> shown) {
    private static final Path FOLDER = Path.of(System.getProperty("chandlery.root"))
            .resolve("monitoring");
    private static final Pattern SELECTOR = Pattern.compile(
            "\\b(chandlery_[a-z0-9_]+)(?:\\{([^}]*)})?");
    private static final Pattern CONDITION = Pattern.compile(
            "([a-z_]+)\\s*(=~|!=|!~|=)\\s*\"([^\"]*)\"");
    private static final Pattern GROUP = Pattern.compile("\\bby \\(([^)]*)\\) \\(");
    private static final Pattern LEGEND = Pattern.compile(
            "\\{\\{\\s*(?:\\$labels\\.)?([a-z_]+)\\s*}}");

    /** What a selector asks of a label. */
    record Condition(String label, String operator, String value) {
        boolean holds(String actual) {
            return switch (operator) {
                case "=" -> actual.equals(value);
                case "!=" -> !actual.equals(value);
                case "=~" -> actual.matches(value);
                default -> !actual.matches(value);
            };
        }
    }

    /** A series by its name, with what is asked of its labels. */
    record Selector(String name, List<Condition> conditions, Set<String> groupedBy) {}

    /** All of dashboard and rules. */
    static List<Question> all() throws IOException {
        List<Question> all = new ArrayList<>();
        JsonNode dashboard = JsonMapper.builder()
                .build()
                .readTree(Files.readAllBytes(FOLDER.resolve("grafana-dashboard.json")));
        for (JsonNode panel : dashboard.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                all.add(new Question("panel " + panel.path("title").asText(), target.path("expr")
                        .asText(), labels(target.path("legendFormat").asText())));
            }
        }
        String rules = Files.readString(FOLDER.resolve("chandlery.rules.yml"));
        for (String rule : rules.split("\n      - (?=alert:|record:)", -1)) {
            Matcher expression = Pattern.compile("expr:(?: >-)?((?s:.*?))(?:\n        [a-z]|$)")
                    .matcher(rule);
            if (expression.find()) {
                all.add(new Question(rule.lines().findFirst().orElse(""), expression.group(1)
                        .replaceAll("\\s+", " ")
                        .strip(), labels(rule)));
            }
        }
        return all;
    }

    private static Set<String> labels(String text) {
        Set<String> labels = new TreeSet<>();
        LEGEND.matcher(text).results().forEach(found -> labels.add(found.group(1)));
        return labels;
    }

    /** Every series that it asks for. */
    List<Selector> selectors() {
        List<Selector> all = new ArrayList<>();
        Matcher matcher = SELECTOR.matcher(expression);
        while (matcher.find()) {
            List<Condition> conditions = new ArrayList<>();
            if (matcher.group(2) != null) {
                CONDITION.matcher(matcher.group(2))
                        .results()
                        .forEach(found -> conditions.add(new Condition(found.group(1), found
                                .group(2), found.group(3))));
            }
            all.add(new Selector(matcher.group(1), conditions, groups(matcher.start())));
        }
        return all;
    }

    /** Labels by which what is at that place is summed up. */
    private Set<String> groups(int place) {
        Set<String> labels = new TreeSet<>();
        Matcher group = GROUP.matcher(expression);
        while (group.find()) {
            if (group.end() <= place && place < end(group.end())) {
                Arrays.stream(group.group(1).split(",")).map(String::strip).forEach(labels::add);
            }
        }
        return labels;
    }

    /** Of the parenthesis that is open at that place. */
    private int end(int open) {
        int depth = 1;
        int at = open;
        while (depth > 0) {
            char c = expression.charAt(at++);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        }
        return at;
    }

    /** Series of a scrape: name and labels. */
    record Series(String name, Map<String, String> labels) {
        private static final Pattern LINE = Pattern.compile(
                "([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? \\S+");

        static List<Series> of(String scrape) {
            return scrape.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(LINE::matcher)
                    .filter(Matcher::matches)
                    .map(line -> new Series(line.group(1), labels(line.group(2))))
                    .toList();
        }

        private static Map<String, String> labels(String text) {
            Map<String, String> labels = new TreeMap<>();
            if (text != null) {
                CONDITION.matcher(text)
                        .results()
                        .forEach(found -> labels.put(found.group(1), found.group(3)));
            }
            return labels;
        }

        /** Whether it answers that. */
        boolean answers(Selector selector, Predicate<Condition> asked) {
            return name.equals(selector.name()) && labels.keySet().containsAll(selector.groupedBy())
                    && selector.conditions()
                            .stream()
                            .filter(asked)
                            .allMatch(condition -> condition.holds(labels.getOrDefault(condition
                                    .label(), "")));
        }
    }
}
