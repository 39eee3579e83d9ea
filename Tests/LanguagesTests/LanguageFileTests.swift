// The languages of the program: whole, and found by what a person's variables say.
import Foundation
import LanguageFiles
import Languages
import TestFiles
import Testing

@Suite("The languages")
struct LanguageFileTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .appendingPathComponent("../../..").standardized.path

    @Test("have words for every text of the program, with all its values, and for no other")
    func complete() throws {
        let checked = try Program.run("python3", ["-B", Self.root + "/languages/texts.py", "check"])
        #expect(checked.status == 0, Comment(rawValue: checked.text))
    }

    @Test("are files that gettext accepts", arguments: LanguageFile.allCases)
    func wellFormed(file: LanguageFile) throws {
        let path = "\(Self.root)/languages/\(file.rawValue).po"
        let checked = try Program.run("msgfmt", ["--check", "--output-file=/dev/null", path])
        #expect(checked.status == 0, Comment(rawValue: checked.errors))
        _ = try Language(code: file.rawValue, name: file.name, file: file.bytes)
    }

    @Test(
        "Chinese is the simplified one, unless a script or a place says otherwise",
        arguments: [
            ("zh_CN", .simplifiedChinese), ("zh", .simplifiedChinese), ("zh_SG", .simplifiedChinese),
            ("zh-Hans", .simplifiedChinese), ("zh_Hans_HK", .simplifiedChinese),
            ("ZH_cn", .simplifiedChinese),
            ("zh_TW", nil), ("zh_HK", nil), ("zh-Hant", nil), ("zhuang", nil), ("de_DE", nil), ("en", nil),
            ("C", nil), ("", nil),
        ] as [(String, LanguageFile?)])
    func code(code: String, file: LanguageFile?) {
        #expect(LanguageFile(code: code) == file)
    }

    @Test(
        "are chosen by LC_ALL, LC_MESSAGES or LANG, where the terminal can show them",
        arguments: [
            ([:], nil), (["LANG": "zh_CN.UTF-8"], "zh_CN"), (["LANG": "zh_CN.utf8@pinyin"], "zh_CN"),
            (["LC_MESSAGES": "zh_CN.UTF-8", "LANG": "de_DE.UTF-8"], "zh_CN"),
            (["LC_ALL": "", "LC_MESSAGES": "zh_CN.UTF-8"], "zh_CN"),
            (["LC_ALL": "C", "LC_MESSAGES": "zh_CN.UTF-8"], nil), (["LANG": "zh_CN.GB18030"], nil),
            (["LANG": "C.UTF-8"], "C"), (["LANG": "@"], nil), (["LANG": "."], nil), (["LANG": "zh_CN@"], nil),
        ] as [([String: String], String?)])
    func environment(variables: [String: String], code: String?) {
        #expect(Language.code(in: variables) == code)
    }
}
