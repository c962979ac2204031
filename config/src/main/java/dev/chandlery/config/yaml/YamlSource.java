package dev.chandlery.config.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.Node;

/** Composes bytes into nodes, within limits; never constructs objects. */
public final class YamlSource {

    /** Largest file: all of the 2,300 tools of the aqua registry are 2 MiB. */
    public static final int MAX_BYTES = 8 * 1024 * 1024;

    /** Longest line: the parser's time for a word without a space grows with the square of its length. */
    private static final int MAX_LINE = 256 * 1024;
    /** Most keys and values: 200 bytes of memory each. All of the aqua registry has 130,000. */
    private static final int MAX_NODES = 400_000;

    private static final int MAX_ALIASES = 50;
    private static final int MAX_DEPTH = 32;

    private YamlSource() {}

    /**
     * The root node.
     *
     * @param in read to its end or limit, not closed
     * @throws SyntaxException when it is not one YAML document
     */
    public static Node compose(InputStream in) throws IOException, SyntaxException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw tooLarge();
        }
        return compose(decode(bytes)).orElseThrow(() -> new SyntaxException(Finding
                .ofFile("is empty: expected a mapping with keys such as primary_registry")));
    }

    /**
     * The root node, whose marks count the code points of the text; empty for an empty document.
     *
     * @throws SyntaxException when it is not one YAML document
     */
    public static Optional<Node> compose(String text) throws SyntaxException {
        requireBounds(text);
        return guarded(() -> {
            Composer composer = new BoundedComposer(text, options(), MAX_NODES);
            return Optional.ofNullable(composer.getSingleNode());
        });
    }

    private static void requireBounds(String text) throws SyntaxException {
        if (text.length() > MAX_BYTES) {
            throw tooLarge();
        }
        int line = 1;
        for (int at = 0, end; at < text.length(); at = end + 1, line++) {
            int found = text.indexOf('\n', at);
            end = found < 0 ? text.length() : found;
            if (end - at > MAX_LINE) {
                throw new SyntaxException(Finding.ofFile("has a line of " + (end - at)
                        + " characters, line " + line + ": at most " + MAX_LINE + " are read"));
            }
        }
    }

    private static SyntaxException tooLarge() {
        return new SyntaxException(Finding.ofFile("is larger than the limit of " + MAX_BYTES
                + " bytes"));
    }

    /**
     * Names of all anchors that are referred to.
     *
     * @throws SyntaxException when it is not YAML
     */
    public static Set<String> aliases(String text) throws SyntaxException {
        requireBounds(text);
        return guarded(() -> {
            Set<String> names = new TreeSet<>();
            for (Event event : new Yaml(new SafeConstructor(options())).parse(new StringReader(
                    text))) {
                if (event instanceof AliasEvent alias) {
                    names.add(alias.getAnchor());
                }
            }
            return names;
        });
    }

    private static String decode(byte[] bytes) throws SyntaxException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new SyntaxException(Finding
                    .ofFile("is not UTF-8: wrong byte at offset " + buffer.position()));
        }
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(MAX_ALIASES);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setCodePointLimit(MAX_BYTES);
        return options;
    }

    private static <T> T guarded(Supplier<T> parsing) throws SyntaxException {
        try {
            return parsing.get();
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() != null ? e.getProblemMark() : e.getContextMark();
            throw new SyntaxException(Finding.at(mark, "", describe(e)));
        } catch (YAMLException e) {
            throw new SyntaxException(Finding.ofFile("is not YAML: " + firstLine(String.valueOf(e
                    .getMessage()))));
        }
    }

    private static String describe(MarkedYAMLException e) {
        String problem = firstLine(e.getProblem());
        if (problem.contains("'\\t(TAB)'") || problem.contains("\t")) {
            return "a tab cannot indent YAML, use spaces";
        }
        String context = e.getContext() == null ? "" : firstLine(e.getContext()) + ": ";
        return "is not YAML: " + context + problem;
    }

    private static String firstLine(String text) {
        String line = text == null ? "unknown" : text.lines().findFirst().orElse("unknown");
        return line.replaceAll("\\p{Cntrl}", "?");
    }
}
