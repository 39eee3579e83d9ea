// The program's commands and the options that all of them take.
import ArgumentParser
import Languages

/// The program.
///
/// Without a command it opens the wizard.
struct Sluice: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sluice",
        abstract: Text("Export data-lake datasets to cloud storage.").said,
        discussion: Text(
            """
            Without a command, opens the wizard: Select destination, Select datasets, Scheduling, Review, \
            then a pane that lists what each run created.

            Everything is done on the platform that sluice carries, unless --profile, SLUICE_PROFILE or the default \
            profile names another (sluice login), or the environment holds a credential of one: SLUICE_CLIENT_ID, \
            SLUICE_CLIENT_SECRET, SLUICE_ORGANIZATION, and where they are not the usual SLUICE_SANDBOX, \
            SLUICE_SCOPES, SLUICE_GATEWAY and SLUICE_IDENTITY_SERVICE.

            The language is that of the locale, unless SLUICE_LANG or, with every command, --lang names another: en or \
            zh_CN.

            SLUICE_READ_ONLY=1, or --read-only, lets the wizard and all commands look and change nothing.

            Exit status: 0 done, 1 failed, 2 wrong usage, 3 verification found differences, \
            130 interrupted.
            """
        ).said(
            examples: "sluice",
            "sluice --plain",
            "sluice export plan.toml"),
        version: "0.1.0",
        subcommands: [
            WizardCommand.self, DemoCommand.self, DatasetsCommand.self, ExportCommand.self, FlowsCommand.self,
            RunsCommand.self, VerifyCommand.self, InspectCommand.self, DestinationsCommand.self,
            LoginCommand.self, ProfilesCommand.self, VaultCommand.self, ServeCommand.self,
            ScheduleCommand.self, WebhookCommand.self, ThemesCommand.self, HelpCommand.self,
        ],
        defaultSubcommand: WizardCommand.self)
}

/// How results are written.
struct OutputOptions: ParsableArguments {
    @Flag(help: ArgumentHelp(Text("Write the result as JSON on standard output.")))
    var json = false
}
