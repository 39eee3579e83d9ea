// `sluice webhook`: the command of notifications that go to a web address.
import ArgumentParser
import ExportDomain
import FoundationEssentials
import HTTPTypes
import Languages
import Transfer

struct WebhookCommand: AsyncParsableCommand, ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhook", abstract: Text("Send a notification to a web address, as JSON.").said,
        discussion: Text(
            """
            The command that --notify-url has a flow run. It posts the facts that a notification's command finds in \
            its environment (sluice help troubleshooting), each as a member of a JSON object, and as text a sentence \
            of them, which Slack, Mattermost and Google Chat show.

            Whoever knows the address of such a service may write there: keep it in a file that only you can read, \
            and name that.
            """
        ).said(examples: "sluice webhook @webhook.txt"))

    var effect: CommandEffect { .changes }

    @Argument(
        help: ArgumentHelp(
            Text("https://…, or @FILE, env:VARIABLE or command:COMMAND for what holds that."),
            valueName: "address"))
    var address: String

    /// A notification may take a minute.
    private static let retrying = RetryPolicy(
        attempts: 5, firstDelay: .milliseconds(500), longestDelay: .seconds(5), timeLimit: .seconds(40),
        longestAsked: .seconds(20))

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        guard let message = WebhookMessage(environment: environment) else {
            throw Failure(
                Text(
                    "There is nothing to send: SLUICE_EVENT is not set, by which a notification begins. Give a flow this command by sluice flows edit FLOW --notify-url ADDRESS."
                ), status: ExitStatus.usage)
        }
        let request = try await WebhookAddress(address).request()
        var configuration = HTTPClient.Configuration(environment: environment)
        configuration.userAgent = PlatformOpener.userAgent
        let reply = try await HTTPClient(configuration).send(
            request, body: .bytes(Array(try JSONEncoder().encode(message.json))), retrying: Self.retrying,
            // To be told twice is better than never.
            repeatability: .safe)
        guard reply.response.status.kind == .successful else {
            throw Failure(
                Text(
                    "\(request.authority ?? "") has not taken the notification: it answered \(reply.response.status.code). See whether the address is right."
                ))
        }
    }
}
