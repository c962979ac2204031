package dev.chandlery.publisher.bundle;

import dev.chandlery.config.BundleSpec;
import java.util.List;

/** What a run is going to do with one bundle, as far as that can be told before its tools are published. */
public sealed interface BundleForecast {

    /** From registry.yaml. */
    BundleSpec bundle();

    /** All its tools are there. */
    record Planned(BundlePlan plan) implements BundleForecast {

        @Override
        public BundleSpec bundle() {
            return plan.bundle();
        }
    }

    /**
     * The run publishes some of its tools, and builds it then.
     *
     * @param first those tools
     */
    record Following(BundleSpec bundle, List<BundleSpec.Member> first) implements BundleForecast {
        public Following {
            first = List.copyOf(first);
        }
    }

    /**
     * Tools are not published that the run does not publish either.
     *
     * @param tools those
     */
    record Lacking(BundleSpec bundle, List<BundleSpec.Member> tools) implements BundleForecast {
        public Lacking {
            tools = List.copyOf(tools);
        }
    }

    /**
     * It is not built yet, which is no failure.
     *
     * @param why for people
     */
    record Waiting(BundleSpec bundle, String why) implements BundleForecast {}

    /** It cannot be built. */
    record Failed(BundleSpec bundle, RuntimeException cause) implements BundleForecast {}

    /** Whether something is to be written. */
    default boolean pending() {
        return switch (this) {
            case Planned(BundlePlan plan) -> !plan.upToDate();
            case Following _ -> true;
            case Lacking _,Waiting _,Failed _ -> false;
        };
    }

    /** Whether it is wanted and cannot be had. */
    default boolean failed() {
        return switch (this) {
            case Lacking _,Failed _ -> true;
            case Planned _,Following _,Waiting _ -> false;
        };
    }
}
