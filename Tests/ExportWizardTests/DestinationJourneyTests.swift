// Setting up, testing, changing and removing destinations, key by key, without a terminal.
import ExportDomain
import FoundationEssentials
import Languages
import Secrets
import TerminalKit
import Testing
import TextLiterals

@testable import ExportWizard

@Suite("Setting up a destination")
struct DestinationJourneyTests {
    @Test("leads from the catalogue through form and test to a destination that exports go to")
    func wholeJourney() throws {
        var session = try Session.filledS3()
        session.press(.enter)
        guard case .testDestination(let draft, let consent)? = session.requests.first else {
            Issue.record("Enter asked for \(session.requests)")
            return
        }
        #expect(consent == DestinationTestConsent())
        #expect(
            draft.account
                == .new(
                    BaseConnection.Draft(
                        name: "Nightly",
                        authentication: BaseConnection.Authentication(
                            specName: "Access Key",
                            answers: [
                                "s3AccessKey": .value("AKIAIOSFODNN7EXAMPLE"),
                                "s3SecretKey": .secret(Secret(Fixture.secretKey)),
                            ]))))
        #expect(draft.parameters["bucketName"] == "acme-exports")
        #expect(draft.parameters["path"] == "backups")

        session.reportTest(passed: [.resolve, .connect, .identify, .authenticate, .list])
        #expect(session.screen.contains("Write a small probe file below s3://acme-exports/backups"))
        session.press(.character("y"))
        #expect(session.requests == [.testDestination(draft, DestinationTestConsent(writesProbe: true))])
        session.reportTest(passed: DestinationTestStep.allCases)
        session.press(.enter)
        #expect(session.requests == [.createDestination(draft)])
        session.answer(.destinationSaved(try Fixture.connections()[0]))
        #expect(session.wizard.screen == .datasets)
        #expect(session.wizard.destination.chosen?.draft.name == "Nightly backups")
    }

    @Test("tests by itself when the last field is left and nothing is wrong, and asks nothing meanwhile")
    func restingForm() throws {
        var session = try Session.filledS3()
        session.goTo("includeFileManifest")
        #expect(session.requests.isEmpty)
        session.press(.tab)
        #expect(session.wizard.screen == .destinationForm)
        guard case .testDestination? = session.requests.first else {
            Issue.record("Leaving the last field asked for \(session.requests)")
            return
        }
        session.reportTest(passed: [.resolve, .connect, .identify, .authenticate, .list])
        #expect(session.wizard.overlay == nil)
        #expect(session.screen.contains("Can be reached"))
        session.press(.enter)
        #expect(session.requests.isEmpty)
        #expect(session.screen.contains("Write a small probe file"))
    }

    @Test("stops a test when what it tests changes, and takes no late word of it")
    func changedMeanwhile() throws {
        var session = try Session.filledS3()
        session.press(.control("t"))
        let token = try #require(session.token)
        session.goTo("path")
        session.type("2")
        #expect(session.effects == [.cancel(token: token)])
        session.send(
            .answered(token: token, .tested(DestinationTestReport(step: .list, outcome: .passed(nil)))))
        #expect(session.wizard.setup?.test == nil)
    }

    @Test("goes on with a test while only the name changes")
    func nameChanged() throws {
        var session = try Session.filledS3()
        session.press(.control("t"))
        session.goTo("name")
        session.type("2")
        #expect(session.effects.isEmpty)
        #expect(session.wizard.setup?.test != nil)
    }

    @Test("does not test what is not filled in, and says what is missing")
    func notFilledIn() throws {
        var session = try Session.form(of: "Amazon S3")
        session.press(.enter)
        #expect(session.requests.isEmpty)
        #expect(session.wizard.screen == .destinationForm)
        #expect(session.screen.contains("Needs a value, like AKIAIOSFODNN7EXAMPLE"))
    }

    @Test("copies why a test has failed, and the key of a server that is not known yet")
    func copies() throws {
        for (name, words) in [
            (ScreenName.testFailed, "does not know the access key"), (.hostKey, "SHA256:"),
        ] {
            var session = try name.session()
            if name == .hostKey { session.press(.escape) }
            session.press(.character("y"))
            let copied = session.effects.compactMap { if case .copy(let text) = $0 { text } else { nil } }
            #expect(copied.count == 1 && copied[0].contains(words), "\(name): \(copied)")
        }
        var passed = try ScreenName.testUnproven.session()
        passed.press(.character("y"))
        #expect(!passed.effects.contains { if case .copy = $0 { true } else { false } })
    }

    @Test("leads from a failed test to the field that is wrong, with the reason under it")
    func failedTest() throws {
        var session = try ScreenName.testFailed.session()
        #expect(session.screen.contains("does not know the access key"))
        session.press(.enter)
        #expect(session.wizard.screen == .destinationForm)
        #expect(session.wizard.setup?.form.focused?.id == "s3AccessKey")
        #expect(session.screen.contains("does not know the access key"))
        session.press(.enter, .character("t"))
        #expect(session.requests.count == 1)
        session.press(.escape)
        session.goTo("s3AccessKey")
        session.press(.backspace)
        #expect(!session.screen.contains("does not know the access key"))
    }

    @Test("saves what failed its test only after a question")
    func saveAnyway() throws {
        var session = try ScreenName.saveAnyway.session()
        #expect(session.screen.contains("Save although the test failed?"))
        session.press(.enter)
        #expect(session.requests.isEmpty)
        session.press(.character("s"), .character("y"))
        guard case .createDestination? = session.requests.first else {
            Issue.record("Save asked for \(session.requests)")
            return
        }
    }

    @Test("asks before saving where no probe may be written")
    func noProbe() throws {
        var session = try ScreenName.testUnproven.session()
        session.press(.enter)
        #expect(session.screen.contains("Save although nothing shows"))
        #expect(session.screen.contains("the first export will tell"))
    }

    @Test("says why nothing can be tested from here, and saves without a question")
    func untestable() throws {
        var session = try Session.filledS3()
        session.press(.enter)
        let reason = "the folder is on the platform's machine"
        for step in DestinationTestStep.allCases {
            session.report(step, .skipped(because: .verbatim(reason)))
        }
        session.reportTest(passed: [])
        #expect(session.wizard.overlay == nil)
        #expect(session.screen.contains("Nothing can be tested from here: \(reason)."))
        session.press(.enter)
        guard case .createDestination? = session.requests.first else {
            Issue.record("Save asked for \(session.requests)")
            return
        }
    }

    @Test("asks again whether a probe may be written when the test is asked for again")
    func probeAfterAll() throws {
        var session = try ScreenName.testUnproven.session()
        session.press(.character("t"))
        session.reportTest(passed: [.resolve, .connect, .identify, .authenticate, .list])
        #expect(session.screen.contains("Write a small probe file"))
        session.press(.character("y"))
        guard case .testDestination(_, let consent)? = session.requests.first else {
            Issue.record("Consenting asked for \(session.requests)")
            return
        }
        #expect(consent.writesProbe)
    }

    @Test("shows the key of a server, and goes on once it is confirmed")
    func hostKey() throws {
        var session = try ScreenName.hostKey.session()
        #expect(session.screen.contains(Fixture.hostKey.fingerprint))
        session.press(.character("y"))
        guard case .testDestination(_, let consent)? = session.requests.first else {
            Issue.record("Confirming asked for \(session.requests)")
            return
        }
        #expect(consent.confirmedFingerprint == Fixture.hostKey.fingerprint)
        #expect(!consent.writesProbe)
        session.lookPassesAgain()
        session.press(.character("y"))
        guard case .testDestination(_, let both)? = session.requests.first else {
            Issue.record("Consenting asked for \(session.requests)")
            return
        }
        #expect(both.writesProbe)
        #expect(both.confirmedFingerprint == Fixture.hostKey.fingerprint)
    }

    @Test("takes a test that ends in the middle for one that failed")
    func brokenOff() throws {
        var session = try Session.filledS3()
        session.press(.enter)
        session.report(.connect, .running)
        session.reportTest(passed: [])
        #expect(session.screen.contains("ended before this was known"))
    }

    @Test("puts a place that was pasted into one field into those where it belongs")
    func offer() throws {
        var session = try ScreenName.offer.session()
        #expect(session.screen.contains("press Ctrl-Y"))
        session.press(.control("y"))
        #expect(session.wizard.setup?.form.text(of: "bucketName") == "acme-exports")
        #expect(session.wizard.setup?.form.text(of: "path") == "backups/nightly")
        #expect(!session.screen.contains("Ctrl-Y"))
    }

    @Test("puts both halves of a key that was pasted in one piece into their fields")
    func offerOfSecret() throws {
        var session = try ScreenName.offerOfSecret.session()
        session.press(.control("y"))
        #expect(session.wizard.setup?.form.text(of: "s3AccessKey") == "AKIAIOSFODNN7EXAMPLE")
        #expect(session.wizard.setup?.answers["s3SecretKey"] == .secret(Secret(Fixture.secretKey)))
        #expect(session.wizard.setup?.problems["s3SecretKey"] == nil)
        #expect(!session.screen.contains(Fixture.secretKey))
    }

    @Test("tidies a field when it is left and says so")
    func tidied() throws {
        var session = try Session.form(of: "Amazon S3")
        session.goTo("path")
        session.type("/backups/")
        session.press(.tab)
        #expect(session.wizard.setup?.form.text(of: "path") == "backups")
        #expect(session.screen.contains("Took slashes off the ends of Folder path"))
    }

    @Test("keeps the lines of a pasted key, and sends it in the Base64 of the API")
    func pastedKey() throws {
        let session = try Session.filledSFTP()
        #expect(session.screen.contains("a private key of 27 lines"))
        guard case .new(let account)? = session.wizard.setup?.draft.account,
            case .secret(let secret)? = account.authentication?.answers["sshKey"]
        else {
            Issue.record("no key in \(String(describing: session.wizard.setup?.draft))")
            return
        }
        #expect(Data(base64Encoded: secret.reveal()) == Data(Fixture.privateKey.utf8))
    }

    @Test("reads a key from a file")
    func keyFromFile() throws {
        var session = try ScreenName.secretFile.session()
        session.press(.enter)
        #expect(session.requests == [.readFile(path: "~/.ssh/id_ed25519")])
        session.answer(.failed(RequestFailure(reason: "Cannot read ~/.ssh/id_ed25519: Permission denied.")))
        #expect(session.screen.contains("Permission denied"))
        session.press(.control("o"), .control("u"))
        session.type("key")
        session.press(.enter)
        session.answer(.fileRead(Secret(Fixture.privateKey)))
        #expect(session.wizard.setup?.form.focused?.id == "sshKey")
        #expect(session.screen.contains("a private key of 27 lines"))
        session.press(.control("o"))
        session.type("key.pub")
        session.press(.enter)
        session.answer(.fileRead(Secret("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 me@here\n")))
        #expect(session.screen.contains("This looks like a public key"))
    }

    @Test("shows a secret while Ctrl-R says so, and hides it when its field is left")
    func reveal() throws {
        var session = try Session.filledS3()
        session.goTo("s3SecretKey")
        #expect(!session.screen.contains(Fixture.secretKey))
        session.press(.control("r"))
        #expect(session.screen.contains(Fixture.secretKey))
        session.press(.tab, .backTab)
        #expect(!session.screen.contains(Fixture.secretKey))
    }

    @Test("keeps what was typed for one way of signing in while another is looked at")
    func otherAuthentication() throws {
        var session = try Session.filledS3()
        session.goTo("authentication")
        session.press(.character(" "))
        #expect(session.wizard.setup?.form.field("s3AccessKey") == nil)
        #expect(session.wizard.setup?.form.text(of: "bucketName") == "acme-exports")
        session.press(.character(" "))
        #expect(session.wizard.setup?.form.text(of: "s3AccessKey") == "AKIAIOSFODNN7EXAMPLE")
    }

    @Test("opens a form that was left as it was")
    func formStays() throws {
        var session = try Session.filledS3()
        session.press(.escape)
        #expect(session.wizard.screen == .destinationKinds)
        session.press(.enter)
        #expect(session.wizard.setup?.form.text(of: "bucketName") == "acme-exports")
    }

    @Test("uses an account that there is, unchanged")
    func existingAccount() throws {
        var session = try Session.withAllKinds()
        session.press(.character("n"), .enter, .character(" "))
        #expect(session.wizard.setup?.form.text(of: "s3AccessKey") == "AKIAIOSFODNN7EXAMPLE")
        session.fill(["name": "Third", "bucketName": "acme-third", "path": "x"])
        #expect(session.wizard.setup?.problems == [:])
        #expect(session.wizard.setup?.draft.account == .existing("00000000-0000-4000-8000-000000000101"))
    }

    @Test("changes a destination, and leaves out the secrets that stay")
    func edit() throws {
        var session = try ScreenName.editDestination.session()
        #expect(session.screen.contains("also used by “Archive”"))
        #expect(session.screen.contains("kept as it is; type to replace"))
        #expect(session.wizard.setup?.draft.account == .existing("00000000-0000-4000-8000-000000000101"))
        session.goTo("s3AccessKey")
        session.press(.control("u"))
        session.type("AKIAI44QH7DHBEXAMPLE")
        guard
            case .changed("00000000-0000-4000-8000-000000000101", let account)? = session.wizard.setup?.draft
                .account
        else {
            Issue.record("no change: \(String(describing: session.wizard.setup?.draft.account))")
            return
        }
        #expect(account.name == "Backup user")
        #expect(account.authentication?.answers == ["s3AccessKey": .value("AKIAI44QH7DHBEXAMPLE")])
        session.press(.enter)
        session.reportTest(passed: [.resolve, .connect, .identify, .authenticate, .list])
        session.press(.character("y"))
        session.reportTest(passed: DestinationTestStep.allCases)
        session.press(.enter)
        guard case .updateDestination(let target, let draft)? = session.requests.first else {
            Issue.record("Save asked for \(session.requests)")
            return
        }
        #expect(target == (try Fixture.connections()[0]))
        #expect(draft.parameters == target.draft.parameters)
        session.answer(.destinationSaved(target))
        #expect(session.wizard.screen == .destination)
        #expect(session.requests == [.catalogue])
    }

    @Test("asks for the secrets of another way of signing in")
    func editAuthentication() throws {
        var session = try ScreenName.editDestination.session()
        session.goTo("authentication")
        session.press(.character(" "))
        #expect(session.wizard.setup?.problems["s3Role"]?.english.hasPrefix("Needs a value") == true)
    }

    @Test("makes another destination like one, with the same account")
    func duplicate() throws {
        var session = try Session.withAllKinds()
        session.press(.character("d"))
        let setup = try #require(session.wizard.setup)
        #expect(setup.purpose == .create)
        #expect(setup.draft.name == "Copy of Nightly backups")
        #expect(setup.draft.account == .existing("00000000-0000-4000-8000-000000000101"))
        #expect(setup.draft.parameters["path"] == "backups/nightly")
    }

    @Test("tests a destination from the list and comes back")
    func testFromList() throws {
        var session = try Session.withAllKinds()
        session.press(.character("t"))
        #expect(session.wizard.screen == .destinationTest)
        guard case .testDestination(let draft, _)? = session.requests.first else {
            Issue.record("t asked for \(session.requests)")
            return
        }
        #expect(draft.account == .existing("00000000-0000-4000-8000-000000000101"))
        session.press(.escape)
        #expect(session.wizard.screen == .destination)
        session.press(.character("t"))
        session.lookPassesAgain()
        session.press(.character("y"))
        session.reportTest(passed: DestinationTestStep.allCases)
        session.press(.enter)
        #expect(session.requests.isEmpty)
        #expect(session.wizard.screen == .destination)
    }

    @Test("removes a destination after a question that names it")
    func remove() throws {
        var session = try Session.withAllKinds()
        session.press(.character("x"), .enter)
        #expect(session.requests.isEmpty)
        session.press(.delete)
        #expect(session.screen.contains("Remove the destination “Nightly backups”?"))
        session.press(.character("y"))
        #expect(session.requests == [.removeDestination(try Fixture.connections()[0])])
        session.answer(.destinationRemoved(try Fixture.connections()[0]))
        #expect(!session.screen.contains("s3://acme-exports"))
        #expect(session.requests == [.catalogue])
    }

    @Test("says which dataflows keep a destination from being removed")
    func removeInUse() throws {
        let session = try ScreenName.removeInUse.session()
        #expect(session.screen.contains("is used by “Web events to Nightly"))
        #expect(session.screen.contains("Archive"))
    }

    @Test("leaves the list as it is when loading it again fails")
    func reloadFails() throws {
        var session = try Session.withAllKinds()
        session.press(.character("x"), .character("y"))
        session.answer(.destinationRemoved(try Fixture.connections()[0]))
        session.answer(.failed(RequestFailure(reason: "The disk is full.")))
        #expect(session.screen.contains("Auditors"))
    }

    @Test("shows and describes no secret, whatever the screen", arguments: ScreenName.allCases)
    func noSecret(name: ScreenName) throws {
        let session = try name.session()
        var everything = "\(session.wizard) \(session.effects)"
        dump(session.wizard, to: &everything)
        for size in ScreenTests.sizes { everything += session.lines(size).joined() }
        #expect(!everything.contains(Fixture.secretKey))
        #expect(!everything.contains("b3BlbnNzaC1rZXkt"))
    }
}

extension Session {
    fileprivate mutating func lookPassesAgain() {
        reportTest(passed: [.resolve, .connect, .identify, .authenticate, .list])
    }
}
