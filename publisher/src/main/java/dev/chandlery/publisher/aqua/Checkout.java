package dev.chandlery.publisher.aqua;

import dev.chandlery.config.yaml.SyntaxException;
import dev.chandlery.config.yaml.YamlSource;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A copy of the aqua registry on disk, or one file of it. Packages are looked up by name:
 * {@code pkgs/OWNER/REPOSITORY[/NAME]/registry.yaml}.
 *
 * @param root folder that has {@code pkgs}, or a file with {@code packages}
 * @param commit that it is at; empty when it does not tell
 */
public record Checkout(Path root, Optional<String> commit) {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final Pattern NAME = Pattern.compile(
            "[A-Za-z0-9_][A-Za-z0-9_.+-]*(/[A-Za-z0-9_~][A-Za-z0-9_.+-]*){0,6}");
    private static final int DEEPEST = 8;
    private static final int MOST_SMALL = 64 * 1024;
    private static final String FILE = "registry.yaml";

    /**
     * One package's definition.
     *
     * @param name such as {@code bufbuild/buf}
     * @param file as messages call it
     * @param fields of the package
     * @param tested newest version that the registry itself tests; empty when it tests none
     */
    record Found(String name, String file, Fields fields, Optional<String> tested) {}

    /**
     * Opens a checkout; nothing is read but its commit.
     *
     * @throws ContentNotFoundException when it is neither a checkout nor a file
     */
    public static Checkout open(Path root, Optional<String> commit) {
        if (!Files.isRegularFile(root) && !Files.isDirectory(root.resolve("pkgs"))) {
            throw new ContentNotFoundException("cannot import from " + root
                    + ": expected a checkout of the aqua registry, with a folder pkgs, or one of"
                    + " its files");
        }
        return new Checkout(root, commit.or(() -> head(root)));
    }

    /** Names of all packages, sorted. */
    public List<String> names() {
        if (Files.isRegularFile(root)) {
            return packages(root, root.toString()).stream()
                    .map(node -> name(Fields.of(node)))
                    .toList();
        }
        Path pkgs = root.resolve("pkgs");
        try (Stream<Path> files = Files.walk(pkgs, DEEPEST)) {
            return files.filter(file -> file.endsWith(FILE))
                    .map(file -> pkgs.relativize(file.getParent()).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StorageException("cannot read " + pkgs + ": " + e, e);
        }
    }

    /** @throws ContentNotFoundException when there is no such package */
    Found find(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new ContentNotFoundException("cannot import " + name
                    + ": expected a package's name such as bufbuild/buf");
        }
        boolean single = Files.isRegularFile(root);
        Path file = single ? root : root.resolve("pkgs").resolve(name).resolve(FILE);
        String shown = single ? root.toString() : "pkgs/" + name + "/" + FILE;
        if (!Files.isRegularFile(file)) {
            throw new ContentNotFoundException("cannot import " + name + ": no " + shown + " in "
                    + root);
        }
        List<MappingNode> found = packages(file, shown);
        MappingNode node = found.stream()
                .filter(each -> name(Fields.of(each)).equals(name))
                .findFirst()
                .or(() -> single ? Optional.empty() : found.stream().findFirst())
                .orElseThrow(() -> new ContentNotFoundException("cannot import " + name + ": "
                        + shown + " has no such package"));
        return new Found(name, shown, Fields.of(node), tested(file.resolveSibling("pkg.yaml"),
                name));
    }

    /** The copyright line of the checkout's licence. */
    Optional<String> copyright() {
        Path license = root.resolve("LICENSE");
        return Files.isRegularFile(license)
                ? text(license).flatMap(text -> text.lines()
                        .map(String::strip)
                        .filter(line -> line.startsWith("Copyright"))
                        .findFirst())
                : Optional.empty();
    }

    private static String name(Fields fields) {
        return fields.text("name")
                .orElseGet(() -> fields.text("repo_owner").orElse("?") + "/"
                        + fields.text("repo_name").orElse("?"));
    }

    private static List<MappingNode> packages(Path file, String shown) {
        Node node = compose(file, shown);
        List<MappingNode> found = node instanceof MappingNode root
                ? Fields.of(root).mappings("packages")
                : List.of();
        if (found.isEmpty()) {
            throw new MalformedContentException("cannot import from " + shown
                    + ": expected a list called packages");
        }
        return found;
    }

    /** Entries are {@code name: owner/repository@version}, or name and version apart. */
    private static Optional<String> tested(Path file, String name) {
        if (!Files.isRegularFile(file)
                || !(compose(file, file.toString()) instanceof MappingNode root)) {
            return Optional.empty();
        }
        for (MappingNode node : Fields.of(root).mappings("packages")) {
            Fields entry = Fields.of(node);
            String named = entry.text("name").orElse("");
            int at = named.indexOf('@');
            if (named.equals(name) && entry.text("version").isPresent()) {
                return entry.text("version");
            }
            if (at > 0 && named.substring(0, at).equals(name)) {
                return Optional.of(named.substring(at + 1));
            }
        }
        return Optional.empty();
    }

    private static Node compose(Path file, String shown) {
        try (InputStream in = Files.newInputStream(file)) {
            return YamlSource.compose(in);
        } catch (SyntaxException e) {
            throw new MalformedContentException("cannot import from " + shown + ":" + e
                    .finding()
                    .line() + ": " + e.getMessage());
        } catch (IOException e) {
            throw new StorageException("cannot read " + file + ": " + e, e);
        }
    }

    /** The commit of a git working tree, read from its files. */
    private static Optional<String> head(Path root) {
        Path git = root.resolve(".git");
        Optional<String> head = text(git.resolve("HEAD"));
        if (head.filter(text -> text.startsWith("ref: ")).isEmpty()) {
            return head.filter(text -> COMMIT.matcher(text).matches());
        }
        String ref = head.orElseThrow().substring("ref: ".length());
        boolean plain = ref.matches("refs/heads/[A-Za-z0-9._/-]{1,200}") && !ref.contains("..");
        Optional<String> loose = plain ? text(git.resolve(ref)) : Optional.empty();
        return loose.or(() -> text(git.resolve("packed-refs")).flatMap(text -> text.lines()
                .filter(line -> line.endsWith(" " + ref))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findFirst())).filter(text -> COMMIT.matcher(text).matches());
    }

    private static Optional<String> text(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(new String(in.readNBytes(MOST_SMALL),
                    java.nio.charset.StandardCharsets.UTF_8).strip());
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
