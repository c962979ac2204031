package dev.chandlery.manager.verify;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.FormatOption;
import dev.chandlery.cli.GlobalOptions;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.Progress;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.config.source.PlatformName;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code manager verify}. */
@Command(name = "verify", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Repeat, from the registry alone, all that makes an artifact worth of trust.",
        "Every byte is read and compared; upstream's proofs are checked again over the file that was",
        "kept, which is packed again and must give the same layer; SBOM, provenance and signatures",
        "must be of this very artifact; policy is that of registry.yaml."}, footer = {"",
                "Examples:",
                "  manager verify protoc                  the newest that is published",
                "  manager verify protoc@31.1 --against-upstream",
                "  manager verify go-development          a bundle, its lock, and its tools' trust",
                "  manager verify ghcr.io/acme/tools/protoc:v31.1 -o json",
                "  manager verify tools/protoc@sha256:...  below the primary registry's namespace",
                "",
                "Exit codes: 0 verified, 1 not verified, 2 usage or configuration, 3 some manifests are",
                "verified and some are not."})
public final class VerifyCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "TOOL[@VERSION]|BUNDLE[@VERSION]|REF", description = "A tool or bundle of registry.yaml, or any reference.")
    private String name = "";

    @Option(names = "--platform", paramLabel = "P", split = ",", description = "Only these, such as linux-x86_64 or linux/amd64.")
    private List<String> platforms = List.of();

    @Option(names = "--offline", description = "Ask nobody but the registry; that is the default, and excludes --against-upstream.")
    private boolean offline;

    @Option(names = "--against-upstream", description = "Also fetch upstream's files anew, and report what changed there.")
    private boolean againstUpstream;

    @Mixin
    private FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    VerifyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (offline && againstUpstream) {
            throw new CommandException(ExitCode.USAGE,
                    "--offline and --against-upstream exclude each other");
        }
        List<PlatformName> wanted = platforms.stream().map(PlatformName::parse).toList();
        try (Session session = Session.open(console, GlobalOptions.of(spec))) {
            ArtifactName artifact = ArtifactName.parse(name, session.config());
            try (RegistryConnection registry = artifact.open(session);
                    Verifier verifier = againstUpstream
                            ? Verifier.againstUpstream(session)
                            : Verifier.open(session)) {
                VerifyReport report = verify(verifier, artifact.locate(session, registry, wanted));
                print(report);
                return session.metrics().ended(report.exitCode());
            }
        }
    }

    private VerifyReport verify(Verifier verifier, Located located) {
        try (Progress progress = Progress.on(console, GlobalOptions.of(spec).quiet());
                Progress.Item item = progress.start(located.title())) {
            item.step("verify", -1);
            return verifier.verify(located);
        }
    }

    private void print(VerifyReport report) {
        if (format.json()) {
            console.out().println(Json.write(report.document()));
        } else {
            report.lines().forEach(console.out()::println);
        }
    }
}
