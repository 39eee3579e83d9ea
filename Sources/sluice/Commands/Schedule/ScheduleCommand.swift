// `sluice schedule`: what is due is run without a server, by systemd's timers or by cron.
import ArgumentParser
import EmbeddedPlatform
import FoundationEssentials
import Languages
import TerminalKit

struct ScheduleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule",
        abstract: Text("Have this machine export what falls due, without sluice serve.").said,
        discussion: Text(
            """
            A timer of systemd's user manager, or a line in cron's table where there is none, gives \
            sluice runs start --due every five minutes. Where sluice serve runs, that is not needed; both together \
            do no harm.
            """
        ).said(
            examples: "sluice schedule"),
        subcommands: [Install.self, Show.self, Remove.self], defaultSubcommand: Show.self)

    /// What runs the command.
    enum Runner: String, CaseIterable, ExpressibleByArgument {
        case systemd, cron
    }

    /// What is only printed.
    enum Printed: String, CaseIterable, ExpressibleByArgument {
        /// What would be installed.
        case due
        /// A unit that keeps the server running.
        case serve
    }

    struct Install: AsyncParsableCommand, MachineCommand {
        static let configuration = CommandConfiguration(
            commandName: "install",
            abstract: Text("Export what falls due every five minutes from now on.").said,
            discussion: Text(
                """
                There is one such schedule for a person, and it is for one home folder; installed again, it takes the \
                options that are given now. With --print the text is printed and nothing is done: due for what would \
                be installed, serve for a unit of systemd that keeps sluice serve running.
                """
            ).said(
                examples: "sluice schedule install",
                "sluice schedule install --with cron --print due"))

        var effect: CommandEffect { print == nil ? .changes : .looks }

        @OptionGroup var machine: MachineOptions
        @Option(
            help: ArgumentHelp(
                Text("Let systemd or cron do it (default: systemd where its user manager runs, else cron).")))
        var with: Runner?
        @Option(help: ArgumentHelp(Text("Only print the text: due or serve."))) var print: Printed?

        func run() async throws {
            let export = try machine.scheduledExport()
            if print == .serve {
                return Swift.print(SystemdUnits(export: export).serveService, terminator: "")
            }
            let runner = try await chosen()
            if print == .due { return printText(runner, export) }
            // Whatever is wrong with the home folder is said now, and not to a log in five minutes.
            let vault = try await machine.opener.embedded(home: export.home).vault.state()
            switch runner {
            case .systemd:
                try await SystemdSchedule().install(SystemdUnits(export: export))
                // Where there is no cron, or none for this person, it has nothing of ours.
                _ = try? await CronSchedule().remove()
            case .cron:
                try await CronSchedule().install(export)
                _ = try await SystemdSchedule().remove()
            }
            for limit in limits(export, vault) { StandardError.tell(limit) }
        }

        /// Who runs the command.
        /// - Throws: `Failure` where there is nobody.
        private func chosen() async throws -> Runner {
            if let with { return with }
            if await SystemdSchedule().isThere() { return .systemd }
            if CronSchedule().isThere { return .cron }
            throw Failure(
                Text(
                    "Neither a user manager of systemd nor a program crontab is there: let another scheduler give sluice runs start --due every few minutes, or keep sluice serve running."
                )
            )
        }

        private func printText(_ runner: Runner, _ export: ScheduledExport) {
            switch runner {
            case .systemd:
                let units = SystemdUnits(export: export)
                Swift.print("# \(SystemdUnits.dueName).service\n\(units.dueService)")
                Swift.print("# \(SystemdUnits.dueName).timer\n\(units.dueTimer)", terminator: "")
            case .cron: Swift.print(Crontab.entry(for: export))
            }
        }

        /// What the schedule cannot do, in a sentence each.
        private func limits(_ export: ScheduledExport, _ vault: Vault.State) -> [Text] {
            var sentences: [Text] = []
            if case .passphrase = vault, export.options.allSatisfy({ !$0.hasPrefix("--passphrase-") }) {
                sentences.append(
                    Text(
                        "The vault has a passphrase, and nobody is asked for it there: exports that need a secret fail until you give sluice schedule install --passphrase-file FILE or --passphrase-command COMMAND."
                    ))
            }
            let environment = ProcessInfo.processInfo.environment
            // By any case, as curl takes them.
            let proxies = environment.keys.filter {
                ["http_proxy", "https_proxy", "all_proxy"].contains($0.lowercased()) && environment[$0] != ""
            }
            if !proxies.isEmpty {
                sentences.append(
                    Text(
                        "\(Text.list(proxies.sorted())) will not be set there, as a proxy's address may have a password: for systemd set it in ~/.config/environment.d/sluice.conf, for cron in a line of crontab -e above that of sluice."
                    ))
            }
            return sentences
        }
    }

    struct Show: AsyncParsableCommand, ProgramCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: Text("Show what is installed.").said,
            discussion: .examples("sluice schedule show"))

        var effect: CommandEffect { .looks }

        @OptionGroup var output: OutputOptions

        func run() async throws {
            var found: [Found] = []
            if let units = try SystemdSchedule().installed() {
                found.append(Found(with: .systemd, text: units))
            }
            do {
                if let line = try await CronSchedule().installed() {
                    found.append(Found(with: .cron, text: line))
                }
            } catch  where !found.isEmpty {}
            if output.json { return try JSONText.print(found) }
            for schedule in found { Swift.print(Text("With \(schedule.with):").said + "\n\(schedule.text)") }
            if found.isEmpty {
                StandardError.tell(
                    Text(
                        "Nothing is installed: what falls due is exported by sluice serve, by an open wizard, or after sluice schedule install."
                    )
                )
            }
        }

        private struct Found: Encodable {
            var with: String
            var text: String

            init(with runner: Runner, text: String) {
                with = runner.rawValue
                self.text = text
            }
        }
    }

    struct Remove: AsyncParsableCommand, ProgramCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove",
            abstract: Text("Take away what was installed; what runs just now goes on to its end.").said,
            discussion: .examples("sluice schedule remove"))

        var effect: CommandEffect { .changes }

        func run() async throws {
            let systemd = try await SystemdSchedule().remove()
            var cron = false
            do { cron = try await CronSchedule().remove() } catch  where systemd {}
            StandardError.tell(
                systemd || cron
                    ? Text("Removed: nothing is exported by a schedule of this machine any more.")
                    : Text("Nothing was installed."))
        }
    }
}

extension Failure {
    /// A person's one schedule is for another home folder than the one that was named.
    static func otherHome(_ what: Text, _ home: String) -> Failure {
        Failure(
            Text(
                "There is a schedule for another home folder: \(what). One schedule is for one home: sluice schedule show shows it, and sluice schedule remove makes room for \(home)."
            )
        )
    }
}
