package dev.chandlery.dist;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program of the layout.
 *
 * <p>Options with which an AOT cache is recorded decide more than the speed of the recording: the cache says how
 * far each method was compiled then, and the JVM goes no further with it until it is much hotter (JEP 515). So
 * copies of the manager are recorded with late thresholds of the optimising compiler. Their code is then compiled
 * quickly and without profiling, and only what is hot in the recording, too, is optimised: the digests, above all,
 * for which that compiler alone uses the processor's instructions. Its short commands have a cache of their own, as
 * each start maps and links all that is in one.
 *
 * @param name of its launcher
 * @param options for its JVM
 * @param longer subcommands that run longer than others, and may hash gigabytes
 * @param longerOptions for the JVM of these
 */
record LaidOutProgram(String name, String mainClass, List<String> options, List<String> longer,
        List<String> longerOptions) {
    private static final List<String> COMMON = List.of("-XX:+UseSerialGC", "-XX:-UsePerfData");

    /** All of them, by name. */
    static final List<LaidOutProgram> ALL = List.of(
            // Short commands end before the optimising compiler pays.
            new LaidOutProgram("manager", "dev.chandlery.manager.ManagerProgram", List.of(
                    "-XX:TieredStopAtLevel=1"), List.of("migrate", "mirror", "export", "import",
                            "pull", "verify"), List.of("-XX:Tier4InvocationThreshold=100000",
                                    "-XX:Tier4MinInvocationThreshold=100000",
                                    "-XX:Tier4CompileThreshold=200000",
                                    "-XX:Tier4BackEdgeThreshold=400000")),
            // It compresses: that code shall be optimised soon.
            usual("publisher", "dev.chandlery.publisher.command.PublisherProgram"),
            // A heap that is as large as it needs to be, so that the whole stays below 350 MiB under load.
            // What the recording compiled is not compiled at once: that would take a third of the time to its first
            // answer; a server finds out soon enough what is hot.
            usual("registry", "dev.chandlery.registry.command.RegistryProgram", "-Xmx192m",
                    "-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UnlockDiagnosticVMOptions",
                    "-XX:-AOTReplayTraining", "-XX:Tier4InvocationThreshold=30000",
                    "-XX:Tier4MinInvocationThreshold=10000", "-XX:Tier4CompileThreshold=60000",
                    "-XX:Tier4BackEdgeThreshold=400000"),
            // It stays, and does what the publisher does.
            usual("scheduler", "dev.chandlery.scheduler.command.SchedulerProgram", "-Xmx512m"));

    private static LaidOutProgram usual(String name, String mainClass, String... options) {
        return new LaidOutProgram(name, mainClass, List.of(options), List.of(), List.of());
    }

    /**
     * An AOT cache.
     *
     * @param name of its file, and of what is run for it
     * @param key of it in the properties that the launcher reads
     * @param options while it is recorded, as when it is used
     */
    record Cache(String name, String key, List<String> options) {}

    /** One, or one more for the subcommands that run longer. */
    List<Cache> caches() {
        Cache usual = new Cache(name, "cache", options);
        return longer.isEmpty()
                ? List.of(usual)
                : List.of(usual, new Cache(name + "-longer", "cache.longer", longerOptions));
    }

    /** What the launcher reads: a line of options, one of subcommands, one of the options of these. */
    String optionsFile() {
        return line(options) + String.join(" ", longer) + "\n" + line(longerOptions);
    }

    private static String line(List<String> options) {
        return Stream.concat(COMMON.stream(), options.stream()).collect(Collectors.joining(" "))
                + "\n";
    }
}
