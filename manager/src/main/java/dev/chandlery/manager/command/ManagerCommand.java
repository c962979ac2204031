package dev.chandlery.manager.command;

import dev.chandlery.cli.GlobalOptions;
import dev.chandlery.cli.ProgramVersion;
import dev.chandlery.manager.airgap.ExportCommand;
import dev.chandlery.manager.airgap.ImportCommand;
import dev.chandlery.manager.command.config.ConfigCommand;
import dev.chandlery.manager.inspect.InspectCommand;
import dev.chandlery.manager.login.LoginCommand;
import dev.chandlery.manager.login.LogoutCommand;
import dev.chandlery.manager.migrate.MigrateCommand;
import dev.chandlery.manager.mirror.MirrorCommand;
import dev.chandlery.manager.report.ReportCommand;
import dev.chandlery.manager.verify.VerifyCommand;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code manager}, which only has subcommands. */
@Command(name = "manager", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class, synopsisSubcommandLabel = "COMMAND", subcommands = {
        SetupCommand.class, HealthCommand.class, VersionsCommand.class, PullCommand.class,
        MigrateCommand.class, MirrorCommand.class, ExportCommand.class, ImportCommand.class,
        CleanupCommand.class, MetricsCommand.class, ReportCommand.class,
        VerifyCommand.class, InspectCommand.class,
        LoginCommand.class, LogoutCommand.class,
        ConfigCommand.class,
        AutoComplete.GenerateCompletion.class}, description = "Looks after the tools in the registry of registry.yaml.", footer = {
                "", "Examples:", "  manager health                     is the registry well",
                "  manager versions protoc            what is upstream, published, missing",
                "  manager pull protoc@31.1 -o tools  files of a tool for this machine",
                "  manager verify protoc              is it still what upstream released",
                "  manager inspect protoc             what it is, and what is attached to it",
                "  manager migrate --to ghcr.io/acme  everything to another registry",
                "  manager export --to tools.tar      everything into a file, for manager import",
                "",
                "Exit codes: 0 done, 1 failed or unhealthy, 2 usage or configuration, 3 partly done,",
                "130 interrupted."})
public final class ManagerCommand {

    @Mixin
    private GlobalOptions global = new GlobalOptions();

    /** Options before or after the subcommand's name. */
    GlobalOptions global() {
        return global;
    }
}
