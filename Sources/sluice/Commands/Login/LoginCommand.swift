// `sluice login`: a profile for an organisation of Experience Platform, kept once it was seen to work.
import ArgumentParser
import EmbeddedPlatform
import ExportDomain
import FlowServiceClient
import FoundationEssentials
import Languages
import Profiles
import Secrets
import TerminalKit
import Transfer

struct LoginCommand: AsyncParsableCommand, MachineCommand {
    static let configuration = CommandConfiguration(
        commandName: "login",
        abstract: Text("Sign in to an Experience Platform, and keep the way there as a profile.").said,
        discussion: Text(
            """
            Takes an OAuth server-to-server credential of Adobe's Developer Console. What is not given is asked for in \
            a terminal. Before anything is kept, sluice signs in, lists the sandboxes and the dataflows of the one \
            that is chosen.

            The client secret is never an argument, which others can see: --client-secret @FILE reads a file, \
            env:VARIABLE a variable, - standard input. It is kept in the vault, everything else in profiles.toml in \
            the home folder. A profile that exists is changed: what is not given stays as it was.

            --gateway and --identity-service name another server of the same API, such as sluice serve.
            """
        ).said(
            examples: "sluice login",
            "sluice login --name acme --client-id 0a1b --organization 1A2B@AdobeOrg \\",
            "    --client-secret command:'pass show acme/client'"))

    var effect: CommandEffect { .changes }

    @OptionGroup var machine: MachineOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var answers: LoginAnswers

    func run() async throws {
        let opener = machine.opener
        let store = try opener.profiles()
        let known = try store.read()
        let chosen = try answers.name.map { try ProfileName($0) }
        let vault = try opener.embedded().vault
        try await vault.unlock(from: machine.passphraseSource)
        let (draft, secret) = try await answers.complete(chosen.flatMap { known.all[$0] })
        var profile = draft
        if let cacert = machine.cacert { profile.certificateAuthorities = cacert.absolutePath }
        let check = LoginCheck(opener: opener, clientSecret: secret)
        let found = try await check.run(&profile, sandbox: answers.sandbox)
        let name = try await answers.profileName(for: profile, chosen: chosen, among: known)
        let kept = profile
        let isDefault = try await store.change { profiles in
            // The secret first: a profile that is in the file has one.
            try await vault.reset(profile: name.text, to: secret, field: ProfileSecrets.clientSecret)
            let secrets = ProfileSecrets(vault: vault, profile: name, folder: store.folder)
            if let token = await check.token.kept() {
                await ProfileTokens(secrets, clientSecret: secret).keep(token)
            }
            profiles.keep(kept, as: name)
            return profiles.standard == name
        }
        try tell(LoginResult(ProfileResult(name, kept, isDefault: isDefault, hasSecret: true), found))
    }

    private func tell(_ result: LoginResult) throws {
        if output.json { return try JSONText.print(result) }
        let name = result.profile.name
        PlainTable.print(
            line: Text("\(name)  sandbox \(result.profile.sandbox)  \(result.profile.organization)").said)
        StandardError.write(
            result.profile.isDefault
                ? Text("The profile “\(name)” is kept, and used where no other is named.").said
                : Text(
                    "The profile “\(name)” is kept: --profile \(name) names it, sluice profiles use \(name) makes it the default."
                ).said
        )
    }
}

/// What came of a sign-in.
struct LoginResult: Encodable {
    var profile: ProfileResult
    /// The names of all sandboxes that the credential may use.
    var sandboxes: [String]
    /// How many dataflows the sandbox has.
    var flows: Int

    init(_ profile: ProfileResult, _ found: LoginCheck.Findings) {
        self.profile = profile
        sandboxes = found.sandboxes
        flows = found.flows
    }
}
