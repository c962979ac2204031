package dev.chandlery.manager.verify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What was verified, and what is wrong.
 *
 * @param title of all of it
 * @param artifacts one for each manifest
 */
record VerifyReport(String title, List<ArtifactReport> artifacts) {
    private static final int WIDTH = 80;
    private static final int INDENT = 12;

    VerifyReport {
        artifacts = List.copyOf(artifacts);
    }

    private int failed() {
        return (int) artifacts.stream().filter(each -> !each.problems().isEmpty()).count();
    }

    private int problems() {
        return artifacts.stream().mapToInt(each -> each.problems().size()).sum();
    }

    ExitCode exitCode() {
        return ExitCode.ofItems(artifacts.size() - failed(), failed());
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(title));
        for (ArtifactReport artifact : artifacts) {
            lines.add("");
            lines.add(artifact.name() + "  " + artifact.digest());
            for (Check check : artifact.checks()) {
                lines.addAll(lines(check));
            }
        }
        lines.add("");
        lines.addAll(told());
        lines.add(problems() == 0
                ? "Verified: " + count(artifacts.size(), "manifest") + ", no problem"
                : "NOT VERIFIED: " + count(problems(), "problem") + " in " + failed() + " of "
                        + count(artifacts.size(), "manifest"));
        return lines;
    }

    private static List<String> lines(Check check) {
        String status = switch (check.status()) {
            case OK -> "ok";
            case NONE -> "-";
            case FAILED -> "FAILED";
        };
        String head = String.format(Locale.ROOT, "  %-6s  %-10s  ", status, check.name());
        return wrap(head, check.detail(), " ".repeat(head.length()));
    }

    /** Each problem by itself, with what to do about it. */
    private List<String> told() {
        List<String> lines = new ArrayList<>();
        for (ArtifactReport artifact : artifacts) {
            for (Check check : artifact.checks()) {
                check.problem().ifPresent(problem -> {
                    lines.add("Problem in " + check.name() + " of " + artifact.name() + ":");
                    shown(problem.message()).forEach(text -> lines.addAll(wrap("  ", text,
                            "    ")));
                    lines.addAll(wrap("  To do: ", problem.remedy(), " ".repeat(9)));
                    lines.add("");
                });
            }
        }
        return lines;
    }

    /** What was expected and what came begin lines of their own. */
    private static List<String> shown(String message) {
        return message.replace(": expected ", ":\nexpected ")
                .replace(", got ", ",\ngot      ")
                .lines()
                .toList();
    }

    /** Words are never broken, as digests are copied. */
    private static List<String> wrap(String head, String text, String indent) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(head);
        boolean first = true;
        for (String word : text.split(" ", -1)) {
            if (!first && line.length() + 1 + word.length() > WIDTH && line.length() > INDENT) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(indent).append(word);
            } else {
                line.append(first ? "" : " ").append(word);
            }
            first = false;
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    ObjectNode document() {
        ObjectNode root = Json.object().put("artifact", title);
        root.put("status", problems() == 0 ? "verified" : "not-verified");
        root.put("problems", problems());
        ArrayNode array = root.putArray("manifests");
        artifacts.forEach(each -> write(each, array.addObject()));
        return root;
    }

    private static void write(ArtifactReport artifact, ObjectNode node) {
        node.put("name", artifact.name()).put("digest", artifact.digest().toString());
        node.put("status", artifact.problems().isEmpty() ? "verified" : "not-verified");
        ArrayNode checks = node.putArray("checks");
        for (Check check : artifact.checks()) {
            ObjectNode one = checks.addObject().put("check", check.name());
            one.put("status", check.status().label());
            check.problem()
                    .ifPresentOrElse(problem -> one.put("problem", problem.message())
                            .put("remedy", problem.remedy()), () -> one.put("detail", check
                                    .detail()));
        }
    }
}
