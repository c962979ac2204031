package dev.chandlery.dist.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Readers can run what they read: commands and options of pages and of help are there. */
class CommandsOfDocumentsTest {
    private static final Pattern EXAMPLES = Pattern.compile("\nExamples?:\n");
    /** The width of help ends a line; what follows has no indentation. */
    private static final Pattern WRAPPED = Pattern.compile("\n(?=\\S)");

    static List<CommandLineText> commandsOfPages() {
        return Page.all().stream().flatMap(page -> page.commands().stream()).toList();
    }

    static List<String> commands() {
        return Programs.commands().stream().map(words -> String.join(" ", words)).toList();
    }

    /** An option that is only spoken of has no value. */
    @ParameterizedTest
    @MethodSource("commandsOfPages")
    void pagesNameCommandsThatAreThere(CommandLineText command) {
        Programs.Outcome outcome = Programs.help(command.program(), command.arguments());
        if (!outcome.err().contains("parameter for option '" + last(command))) {
            assertThat(outcome.code()).as(outcome.err()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpHasExamplesThatAreThere(String command) {
        List<String> words = List.of(command.split(" "));
        String help = Programs.help(words.getFirst(), words.subList(1, words.size())).out();
        assertThat(help).containsPattern(EXAMPLES);
        List<CommandLineText> examples = examples(command, help);
        assertThat(examples).isNotEmpty().allSatisfy(example -> {
            Programs.Outcome outcome = Programs.help(example.program(), example.arguments());
            assertThat(outcome.code()).as(example + ": " + outcome.err()).isZero();
        });
    }

    @Test
    void everyCommandIsToldOfOnSomePage() {
        List<List<String>> told = commandsOfPages().stream().map(command -> {
            List<String> words = new ArrayList<>(List.of(command.program()));
            words.addAll(command.arguments());
            return words;
        }).toList();
        assertThat(Programs.commands()).isNotEmpty()
                .allSatisfy(command -> assertThat(told).as(String.join(" ", command))
                        .anyMatch(words -> words.size() >= command.size() && words.subList(0,
                                command.size()).equals(command)));
    }

    private static String last(CommandLineText command) {
        return command.arguments().isEmpty() ? "no option" : command.arguments().getLast();
    }

    private static List<CommandLineText> examples(String command, String help) {
        String examples = EXAMPLES.split(help, 2)[1].split("\n\n", 2)[0];
        return WRAPPED.matcher(examples)
                .replaceAll(" ")
                .lines()
                .flatMap(line -> CommandLineText.of(command + " --help", line).stream())
                .toList();
    }
}
