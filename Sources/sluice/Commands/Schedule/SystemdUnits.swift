// The units by which systemd runs what is due, and the server (systemd.unit(5), systemd.service(5), systemd.timer(5)).

/// Units for one home folder.
struct SystemdUnits {
    /// What they run.
    var export: ScheduledExport

    /// The name of the service and of its timer.
    static let dueName = "sluice-due"

    /// Runs once what is due.
    var dueService: String {
        """
        # Exports what is due, once. sluice-due.timer starts it.
        [Unit]
        Description=Sluice: export what is due

        [Service]
        Type=oneshot
        ExecStart=\(Self.line(export.command))
        # The table of runs; what went wrong is in the journal, all else in the log file.
        StandardOutput=null

        """
    }

    /// Lets it run every few minutes, and after a pause of the machine once for all that were missed.
    var dueTimer: String {
        """
        # Starts sluice-due.service.
        [Unit]
        Description=Sluice: look every \(ScheduledExport.interval) minutes what is due

        [Timer]
        OnCalendar=*:0/\(ScheduledExport.interval)
        Persistent=true

        [Install]
        WantedBy=timers.target

        """
    }

    /// Keeps the server running.
    var serveService: String {
        """
        # Keeps sluice serve running, which also exports what falls due: sluice-due.timer is not needed then.
        # Start it once by hand: the first start shows the credentials of its callers.
        # Then save this as ~/.config/systemd/user/sluice-serve.service and give
        #     systemctl --user enable --now sluice-serve.service
        [Unit]
        Description=Sluice: the platform over HTTP, and exports as they fall due

        [Service]
        ExecStart=\(Self.line(export.serving))
        Restart=on-failure
        # What is under way when it is stopped is gone on with at the next start.
        TimeoutStopSec=60

        [Install]
        WantedBy=default.target

        """
    }

    /// Whether a service that is installed is for the same home folder.
    func isSameHome(as service: String) -> Bool { export.hasHome(of: service, writing: Self.word) }

    private static func line(_ command: [String]) -> String { command.map(word).joined(separator: " ") }

    /// A word as systemd reads it: in quotes, and nothing in it that would be replaced (systemd.service(5),
    /// “Command lines”).
    private static func word(_ word: String) -> String {
        if word.isPlainWord { return word }
        var quoted = ""
        for character in word {
            switch character {
            case "%", "$": quoted += "\(character)\(character)"
            case "\\", "\"": quoted += "\\\(character)"
            default: quoted.append(character)
            }
        }
        return "\"\(quoted)\""
    }
}
