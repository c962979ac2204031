package dev.chandlery.config.yaml;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.comments.CommentLine;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** Composes nodes, and not more of them than there is memory for. */
final class BoundedComposer extends Composer {
    private final int most;
    private int nodes;

    BoundedComposer(String text, LoaderOptions options, int most) {
        super(new ParserImpl(new StreamReader(text), options), new Resolver(), options);
        this.most = most;
    }

    @Override
    protected Node composeScalarNode(@Nullable String anchor, @Nullable List<CommentLine> above) {
        count();
        return super.composeScalarNode(anchor, above);
    }

    @Override
    protected Node composeSequenceNode(@Nullable String anchor) {
        count();
        return super.composeSequenceNode(anchor);
    }

    @Override
    protected Node composeMappingNode(@Nullable String anchor) {
        count();
        return super.composeMappingNode(anchor);
    }

    private void count() {
        nodes++;
        if (nodes > most) {
            throw new YAMLException("more than " + most + " keys and values");
        }
    }
}
