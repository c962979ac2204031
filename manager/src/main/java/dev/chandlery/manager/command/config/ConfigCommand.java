package dev.chandlery.manager.command.config;

import picocli.CommandLine.Command;

/** {@code manager config}: only its subcommands do something. */
@Command(name = "config", mixinStandardHelpOptions = true, description = "Check, show and describe registry.yaml.", subcommands = {
        ValidateCommand.class, ShowCommand.class, SchemaCommand.class}, footer = {"", "Examples:",
                "  manager config validate", "  manager config show --effective"})
public final class ConfigCommand {}
