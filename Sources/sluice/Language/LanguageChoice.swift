// Which language the process speaks. It is known before the arguments are parsed, since their help and what is wrong
// with them is told in it.
import FoundationEssentials
import LanguageFiles
import Languages

/// What was said about the language: by `--lang`, by SLUICE_LANG, by the locale.
struct LanguageChoice {
    /// The arguments without the program's name and without `--lang`.
    var arguments: [String] = []
    private var option: String?
    private var environment: [String: String]

    private static let name = "--lang"

    /// Takes `--lang CODE` and `--lang=CODE` out of the arguments; the last one counts, and none behind `--`.
    init(arguments given: [String], environment: [String: String]) {
        self.environment = environment
        var rest = given[...]
        while let argument = rest.popFirst() {
            if argument == "--" {
                arguments += [argument] + rest
                break
            }
            if argument == Self.name {
                option = rest.popFirst() ?? ""
            } else if argument.hasPrefix(Self.name + "=") {
                option = String(argument.dropFirst(Self.name.count + 1))
            } else {
                arguments.append(argument)
            }
        }
    }

    /// The language.
    ///
    /// - Throws: `Failure` where one is named that the program does not have. What a locale says and the program does
    ///   not have is English.
    func language() throws -> Language {
        if let option { return try Self.language(option, origin: Self.name) }
        if let variable = environment["SLUICE_LANG"], !variable.isEmpty {
            return try Self.language(variable, origin: "SLUICE_LANG")
        }
        return try Language.code(in: environment).flatMap(LanguageFile.init(code:)).map {
            try Self.language($0)
        }
            ?? .english
    }

    private static func language(_ code: String, origin: String) throws -> Language {
        if code == Language.english.code || code.hasPrefix("en_") || code.hasPrefix("en-") { return .english }
        if let file = LanguageFile(code: code) { return try language(file) }
        let known =
            [(Language.english.code, Language.english.name)]
            + LanguageFile.allCases.map { ($0.rawValue, $0.name) }
        throw Failure(
            Text(
                "There is no language “\(code)” (\(origin)); there are \(Text.list(known.map { "\($0) (\($1))" }))."
            ),
            status: ExitStatus.usage)
    }

    private static func language(_ file: LanguageFile) throws -> Language {
        try Language(code: file.rawValue, name: file.name, file: file.bytes)
    }
}

extension LanguageChoice {
    /// The choice of whoever has started this process.
    static let ofProcess = LanguageChoice(
        arguments: Array(CommandLine.arguments.dropFirst()), environment: ProcessInfo.processInfo.environment)
}

extension Language {
    /// The language that this process was asked for, or why there is none; its file is read once.
    static let chosen = Result { try LanguageChoice.ofProcess.language() }

    /// The language of this process: one for all of its life.
    static let ofProcess = (try? chosen.get()) ?? .english
}

extension Text {
    /// The text in the language of this process.
    var said: String { string(in: .ofProcess) }
}
