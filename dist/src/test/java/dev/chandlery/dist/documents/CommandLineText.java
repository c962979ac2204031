package dev.chandlery.dist.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command as a text for people has it.
 *
 * @param place where it stands
 * @param program whose it is
 * @param arguments that follow, without what belongs to the shell, without marks such as {@code [...]}, and
 *     the first where there is a choice such as {@code html|json}
 */
record CommandLineText(String place, String program, List<String> arguments) {
    private static final Pattern COMMAND = Pattern.compile(
            "\\s*(?:- run: |\\$ )?(?:[A-Z_]+=\\S+ )*(?:\\./)?(?:scripts/)?"
                    + "(manager|publisher|scheduler|registry)(?: +([a-z@\"'<\\[-].*))?");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|[^\\s'\"]+");
    /** What ends a command: two blanks before a remark, a comment, a pipe, another file. */
    private static final Pattern END = Pattern.compile(" {2,}| #| [|>&;]|\\\\$");

    static Optional<CommandLineText> of(String place, String text) {
        Matcher matcher = COMMAND.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String rest = matcher.group(2) == null ? "" : END.split(matcher.group(2), 2)[0];
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(rest.replaceAll("[\\[\\]]|\\|\\S+", ""));
        while (word.find()) {
            words.add(word.group(1) != null
                    ? word.group(1)
                    : word.group(2) != null ? word.group(2) : word.group());
        }
        return Optional.of(new CommandLineText(place, matcher.group(1), List.copyOf(words)));
    }

    @Override
    public String toString() {
        return place + ": " + program + " " + String.join(" ", arguments);
    }
}
