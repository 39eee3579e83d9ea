// The themes that come with the program.
import Foundation
import Testing
import ThemeFiles

@testable import Preferences
@testable import TerminalKit

@Suite("The themes that come with the program")
struct BuiltInThemeTests {
    private static func theme(_ name: String) throws -> ThemeFile {
        try ThemeFile(reading: #require(BuiltInThemes.text(of: name)), file: "\(name).toml")
    }

    /// A text on what is behind it, where both are colours that no terminal changes.
    private static func fixedColors(_ style: Style) -> (text: RGB, background: RGB)? {
        guard case .fixed(let text, _) = style.foreground, case .fixed(let background, _) = style.background
        else { return nil }
        return style.attributes.contains(.reverse) ? (background, text) : (text, background)
    }

    @Test("Every file in themes/ is one of them")
    func files() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let files = try FileManager.default.contentsOfDirectory(atPath: root.path + "/themes")
        let names = files.filter { $0.hasSuffix(".toml") }.map { String($0.dropLast(5)) }
        #expect(Set(names) == Set(BuiltInThemes.names))
        for name in names {
            let text = try String(contentsOfFile: "\(root.path)/themes/\(name).toml", encoding: .utf8)
            #expect(BuiltInThemes.text(of: name) == text)
        }
    }

    @Test("Every role is in every theme, and nothing else is", arguments: BuiltInThemes.names)
    func roles(name: String) throws {
        let file = try Self.theme(name)
        #expect(Set(file.roleWords.keys) == Set(Role.allCases))
        #expect(!file.description.isEmpty)
    }

    @Test("The themes that are in the program too are there as in their files")
    func inTheProgram() throws {
        #expect(try Self.theme("default").theme == .standard)
        #expect(try Self.theme("monochrome").theme == .monochrome)
        #expect(!Theme.standard.hasFixedColors)
    }

    @Test(
        "Text has a contrast of 4.5 at least to what is behind it, on terminals with all colours and with 256",
        arguments: BuiltInThemes.names)
    func contrast(name: String) throws {
        var theme = try Self.theme(name).theme
        let least = name == "high-contrast" ? 7.0 : 4.5
        for accent in [theme.accent, theme.production] {
            theme.accent = accent
            for role in Role.allCases {
                guard let (text, background) = Self.fixedColors(theme[role]) else { continue }
                #expect(text.contrast(with: background) >= least, "\(role)")
                let palette = RGB.palette
                let pair = ColorDepth.palette.pair(of: theme[role])
                let (front, behind) = (try #require(pair.foreground), try #require(pair.background))
                #expect(palette[front].contrast(with: palette[behind]) >= least, "\(role)")
            }
        }
    }

    @Test("A theme with a background of its own has it behind every role", arguments: BuiltInThemes.names)
    func background(name: String) throws {
        let theme = try Self.theme(name).theme
        for role in Role.allCases {
            let style = theme[role]
            let isFixed = Self.fixedColors(style) != nil
            #expect(isFixed == theme.hasFixedColors, "\(role)")
            // How much fainter is the terminal's affair, so that no contrast could be promised.
            if isFixed { #expect(!style.attributes.contains(.dim), "\(role)") }
        }
    }

    @Test("Text is told from what is behind it however few colours there are", arguments: BuiltInThemes.names)
    func fewColors(name: String) throws {
        let theme = try Self.theme(name).theme
        for depth in ColorDepth.allCases {
            for role in Role.allCases {
                let pair = depth.pair(of: theme[role])
                #expect(pair.foreground == nil || pair.foreground != pair.background, "\(role) \(depth)")
            }
        }
    }

    @Test(
        "Text has a contrast of 3 at least to what is behind it on terminals with 8 and 16 colours, as xterm shows them",
        arguments: BuiltInThemes.names, [ColorDepth.eight, .sixteen])
    func contrastOfFewColors(name: String, depth: ColorDepth) throws {
        var theme = try Self.theme(name).theme
        for accent in [theme.accent, theme.production] {
            theme.accent = accent
            for role in Role.allCases {
                let pair = depth.pair(of: theme[role])
                // What the terminal's user has behind the text is not known.
                guard let text = pair.foreground, let behind = pair.background else { continue }
                #expect(RGB.palette[text].contrast(with: RGB.palette[behind]) >= 3, "\(role)")
            }
        }
    }

    @Test("What matters is never told by colour alone", arguments: BuiltInThemes.names)
    func notByColorAlone(name: String) throws {
        let theme = try Self.theme(name).theme
        for role in [Role.selection, .match, .failure, .platformMarked, .fieldFocused, .title] {
            #expect(!theme[role].attributes.isEmpty, "\(role)")
            #expect(theme[role].attributes != theme[.text].attributes, "\(role)")
        }
    }

    @Test("Monochrome has no colour and nothing but bold, underlined and reversed")
    func monochrome() throws {
        let theme = try Self.theme("monochrome").theme
        for role in Role.allCases {
            #expect(theme[role].foreground == .terminal && theme[role].background == .terminal)
            #expect(theme[role].attributes.subtracting([.bold, .underline, .reverse]).isEmpty)
        }
    }

    @Test(
        "Good, doubtful and bad are told apart with every kind of colour vision", arguments: ColorVision.all)
    func colorVision(vision: ColorVision) throws {
        let theme = try Self.theme("colour-blind-safe").theme
        let roles = [Role.success, .warning, .failure]
        let seen = try roles.map { vision.seen(try #require(Self.fixedColors(theme[$0])).text) }
        for first in seen.indices {
            for second in seen.indices where second > first {
                let distance = ColorVision.distance(seen[first], seen[second])
                #expect(distance > 20, "\(roles[first]), \(roles[second])")
            }
        }
    }
}

/// What is left of colours where a kind of cone is missing (Machado, Oliveira and Fernandes, 2009).
struct ColorVision: Sendable, CustomStringConvertible {
    var description: String
    private var matrix: [[Double]]

    static let all = [
        ColorVision("usual", [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
        ColorVision(
            "without red",
            [
                [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                [-0.003882, -0.048116, 1.051998],
            ]),
        ColorVision(
            "without green",
            [
                [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                [-0.011820, 0.042940, 0.968881],
            ]),
        ColorVision(
            "without blue",
            [
                [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                [0.004733, 0.691367, 0.303900],
            ]),
    ]

    private init(_ description: String, _ matrix: [[Double]]) {
        self.description = description
        self.matrix = matrix
    }

    /// A colour as it is seen, in CIELAB.
    func seen(_ color: RGB) -> [Double] {
        let light = [color.red, color.green, color.blue].map { part -> Double in
            let value = Double(part) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        let left = matrix.map { row in zip(row, light).reduce(0) { $0 + $1.0 * $1.1 } }
        let toXYZ = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
        let white = [0.9505, 1, 1.089]
        let parts = zip(toXYZ, white).map { row, white -> Double in
            let value = max(0, zip(row, left).reduce(0) { $0 + $1.0 * $1.1 }) / white
            return value > 0.008856 ? pow(value, 1 / 3) : 7.787 * value + 16.0 / 116
        }
        return [116 * parts[1] - 16, 500 * (parts[0] - parts[1]), 200 * (parts[1] - parts[2])]
    }

    /// How different two colours are (CIE76); two is just seen.
    static func distance(_ first: [Double], _ second: [Double]) -> Double {
        zip(first, second).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }
}
