package dev.chandlery.manager.transfer;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.endpoint.RepositoryLayout;
import dev.chandlery.config.source.NamePattern;
import dev.chandlery.config.tool.SelectionSpec;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.UnauthorizedException;
import dev.chandlery.oci.UnsupportedFeatureException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which repositories of a place are copied, and what of each. */
public final class RepositorySelection {
    private static final int MAX_TAG = 128;

    private final ConfigSpec config;
    private final SelectionSpec what;
    private final Place source;
    private final List<String> notes = new ArrayList<>();
    private @Nullable List<String> listed;

    private RepositorySelection(ConfigSpec config, SelectionSpec what, Place source) {
        this.config = config;
        this.what = what;
        this.source = source;
    }

    /**
     * Paths of repositories, sorted, to what is copied of each. Repositories are listed only where patterns,
     * or tools of the nested layout, ask for it.
     *
     * @throws CommandException when the source has to list its repositories and does not
     */
    public static SortedMap<String, SelectionSpec> of(ConfigSpec config, SelectionSpec what,
            Place source) {
        return new RepositorySelection(config, what, source).select();
    }

    /**
     * Repositories, and what a user should know about how they were chosen.
     *
     * @param repositories as {@link #of} gives them
     * @param notes on patterns that match nothing
     */
    public record Selected(SortedMap<String, SelectionSpec> repositories, List<String> notes) {}

    /** As {@link #of}, telling of patterns that match nothing. */
    static Selected read(ConfigSpec config, SelectionSpec what, Place source) {
        RepositorySelection selection = new RepositorySelection(config, what, source);
        SortedMap<String, SelectionSpec> selected = selection.select();
        return new Selected(selected, selection.notes);
    }

    private SortedMap<String, SelectionSpec> select() {
        SortedMap<String, SelectionSpec> selected = new TreeMap<>();
        for (ToolNames tool : tools()) {
            if (what.include().isEmpty() || NamePattern.anyMatches(what.include(), tool.path())) {
                switch (tool.layout()) {
                    case TAGS -> selected.put(tool.path(), what);
                    case NESTED -> addNested(tool, selected);
                }
            }
        }
        bundles().filter(path -> what.include().isEmpty() || NamePattern.anyMatches(what.include(),
                path)).forEach(path -> selected.put(path, what));
        Set<String> nested = tools().stream()
                .filter(tool -> tool.layout() == RepositoryLayout.NESTED)
                .map(ToolNames::path)
                .collect(Collectors.toSet());
        for (NamePattern pattern : what.include()) {
            if (pattern.isLiteral() && !nested.contains(pattern.glob())) {
                selected.putIfAbsent(pattern.glob(), what);
            } else if (!pattern.isLiteral()) {
                listed().stream()
                        .filter(pattern::matches)
                        .forEach(path -> selected.putIfAbsent(path, what));
            }
        }
        noteUnmatched("include", what.include(), selected.keySet());
        noteUnmatched("exclude", what.exclude(), selected.keySet());
        selected.keySet().removeIf(path -> NamePattern.anyMatches(what.exclude(), path));
        return selected;
    }

    private void noteUnmatched(String key, List<NamePattern> patterns, Set<String> paths) {
        for (NamePattern pattern : patterns) {
            if (paths.stream().noneMatch(pattern::matches) && !isFolderOf(pattern, paths)) {
                notes.add(key + " " + pattern + " matches no repository of " + source.label());
            }
        }
    }

    /** A tool of the nested layout is named by the folder of its repositories. */
    private static boolean isFolderOf(NamePattern pattern, Set<String> paths) {
        return paths.stream()
                .anyMatch(path -> path.lastIndexOf('/') > 0 && pattern.matches(path.substring(0,
                        path.lastIndexOf('/'))));
    }

    private Stream<String> bundles() {
        return config.bundles()
                .values()
                .stream()
                .map(bundle -> config.repositoryOf(bundle).path() + "/" + bundle.name());
    }

    private List<ToolNames> tools() {
        return config.publishing()
                .tools()
                .values()
                .stream()
                .map(tool -> ToolNames.of(config.repositoryOf(tool), tool))
                .toList();
    }

    /** In this layout the last component of a name is what elsewhere is a tag, and selected as such. */
    private void addNested(ToolNames tool, SortedMap<String, SelectionSpec> selected) {
        String folder = tool.path() + "/";
        Set<Tag> versions = listed().stream()
                .filter(path -> path.startsWith(folder))
                .map(path -> path.substring(folder.length()))
                .filter(name -> name.indexOf('/') < 0 && name.length() <= MAX_TAG)
                .map(Tag::new)
                .collect(Collectors.toCollection(TreeSet::new));
        SelectionSpec all = new SelectionSpec(List.of(), List.of(), List.of(), Optional.empty(),
                what.platforms(), what.referrers());
        new TagSelection(what).select(versions, _ -> Set.of())
                .forEach(name -> selected.put(folder + name.value(), all));
    }

    private List<String> listed() {
        if (listed == null) {
            listed = list();
        }
        return listed;
    }

    private List<String> list() {
        List<String> paths = new ArrayList<>();
        try (Stream<String> found = source.paths()) {
            found.forEach(paths::add);
            return paths;
        } catch (UnsupportedFeatureException | UnauthorizedException e) {
            throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()),
                    "name repositories without * and ?, as in --include tools/protoc, or none to"
                            + " take the tools of registry.yaml");
        }
    }
}
