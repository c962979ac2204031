package dev.chandlery.publisher.plan;

import dev.chandlery.config.source.PlatformName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a run is asked to look at.
 *
 * @param tools names in registry.yaml; empty means all that are published by themselves
 * @param newest how many of the newest versions; empty means what registry.yaml says
 * @param version that version alone, by its number or upstream's name of the release
 * @param platforms those alone; empty means all of the tool
 * @param force fetch and push again what is published already
 */
public record Selection(List<String> tools, OptionalInt newest, Optional<String> version,
        List<PlatformName> platforms, boolean force) {

    public Selection {
        tools = List.copyOf(tools);
        platforms = List.copyOf(platforms);
    }

    /** All tools as registry.yaml says. */
    public static Selection everything() {
        return new Selection(List.of(), OptionalInt.empty(), Optional.empty(), List.of(), false);
    }
}
