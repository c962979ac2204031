package dev.chandlery.registry.access;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.metadata.NameRange;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Names of repositories, by a glob: {@code *} stands for any text within a component, {@code **} for any
 * number of components. {@code team/**} matches {@code team} itself too.
 *
 * @param glob as it was written
 * @param regex that the whole name must match
 */
public record RepositoryPattern(String glob, Pattern regex) {
    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9._/*-]{1,255}");

    /** Every repository. */
    public static final RepositoryPattern ALL = parse("**");

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException when it can match no repository's name
     */
    public static RepositoryPattern parse(String glob) {
        if (!ALLOWED.matcher(glob).matches() || glob.contains("***") || glob.startsWith("/")
                || glob.endsWith("/") || glob.contains("//")) {
            throw new IllegalArgumentException("expected a pattern of repository names such as"
                    + " team/** or public/*, got \"" + glob + "\"");
        }
        StringBuilder regex = new StringBuilder();
        String rest = glob;
        String tail = "";
        if (rest.endsWith("/**")) {
            rest = rest.substring(0, rest.length() - "/**".length());
            tail = "(?:/.*)?";
        }
        for (int i = 0; i < rest.length(); i++) {
            if (rest.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else if (rest.charAt(i) == '*') {
                regex.append("[^/]*");
            } else {
                regex.append(Pattern.quote(rest.substring(i, i + 1)));
            }
        }
        return new RepositoryPattern(glob, Pattern.compile(regex + tail));
    }

    public boolean matches(RepositoryName repository) {
        return glob.equals("**") || regex.matcher(repository.value()).matches();
    }

    /** Where all names are that it matches, and others too where that cannot be told from how names begin. */
    List<NameRange> ranges() {
        int star = glob.indexOf('*');
        if (star < 0) {
            return List.of(NameRange.of(glob));
        }
        if (star > 0 && star == glob.length() - 2 && glob.endsWith("/**")) {
            String folder = glob.substring(0, star - 1);
            return List.of(NameRange.of(folder), NameRange.beginningWith(folder + "/"));
        }
        return List.of(NameRange.beginningWith(glob.substring(0, star)));
    }

    @Override
    public String toString() {
        return glob;
    }
}
