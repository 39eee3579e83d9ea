// The pictures of the README: screens as they are. `make pictures` draws them anew.
import Foundation
import Languages
import TerminalKit
import TerminalTesting
import Testing
import TextLiterals

@testable import ExportWizard

@Suite("Pictures of the README")
struct PictureTests {
    /// What is drawn: a picture's name, what it shows, and the screen.
    struct Picture: CustomTestStringConvertible, Sendable {
        var name: String
        var title: String
        var screen: ScreenName
        var size = Size(columns: 80, rows: 24)

        var testDescription: String { name }
    }

    static let pictures = [
        Picture(name: "destination", title: "Select destination", screen: .destination),
        Picture(name: "destination-form", title: "A new destination on Amazon S3", screen: .s3Filled),
        Picture(name: "destination-test", title: "The test of a destination", screen: .testPassed),
        Picture(name: "datasets", title: "Select datasets", screen: .datasets),
        Picture(name: "scheduling", title: "Scheduling", screen: .scheduling),
        Picture(name: "review", title: "Review", screen: .review),
        Picture(name: "verification", title: "Verification", screen: .verificationDone),
        Picture(name: "flows", title: "The flows that there are", screen: .flows),
    ]

    @Test("show the screens as they are", arguments: pictures)
    func picture(_ picture: Picture) throws {
        let session = try picture.screen.session()
        let frame = session.wizard.view(
            at: Moment(now: session.now, size: picture.size), theme: .standard)
        let file = URL(fileURLWithPath: #filePath)
            .appendingPathComponent("../../../pictures/\(picture.name).svg").standardized
        try Golden.compare(FramePicture(of: frame).lines(title: picture.title), toFile: file)
    }
}
