// The languages of the program, as a person meets them: by the locale, by a variable, by an option.
import Foundation
import TerminalKit
import TestFiles
import Testing

@Suite("The program in another language")
struct LanguageTests {
    private let program: Sluice

    init() throws { program = try Sluice() }

    private static let chinese = ["LC_ALL": "zh_CN.UTF-8"]

    private static func isChinese(_ text: String) -> Bool {
        text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
    }

    @Test(
        "says results, failures and wrong usage in it",
        arguments: [
            (["flows", "show", "Nightly"], 1, "sluice: 没有数据流“Nightly”。\n"),
            (["runs", "show", "4711"], 1, "sluice: 没有运行“4711”。\n"),
            (["export", "nothing.toml"], 1, "sluice: 没有方案文件 nothing.toml。\n"),
            (["datasets", "add", "Orders", "nothing.json"], 1, "sluice: 无法读取 nothing.json："),
            (["datasets", "remove", "Orders"], 1, "sluice: 没有数据集“Orders”：sluice datasets list"),
            (["inspect", "nothing.json"], 1, "sluice: nothing.json：无法使用该文件："),
            (["themes", "show", "drak"], 2, "sluice: 没有主题“drak”；现有 default、dark、"),
            (["destinations", "catalog", "tape"], 2, "sluice: 没有目标类型“tape”；"),
            (
                ["destinations", "add", "s3", "--name", "A", "--auth", "Access Key", "bucketNam=x"], 2,
                "sluice: Amazon S3 没有字段“bucketNam”；是否是指“bucketName”？"
            ),
            (["runs", "start"], 2, "错误： 请指定数据流，或给出 --due。\n用法： sluice runs start"),
            (["runs", "list", "--newst", "3"], 2, "错误： 未知的选项“--newst”；是否是指“--newest”？\n用法： "),
            (["runs", "show"], 2, "错误： 缺少参数“<run>”"), (["runs", "list", "a", "b"], 2, "错误： 多余的参数“b”\n"),
            (["runs", "list", "--newest", "x"], 2, "错误： 值“x”不能用于“--newest <number>”\n"),
            (
                ["schedule", "install", "--with", "at"], 2,
                "错误： 值“at”不能用于“--with <with>”。请给出以下之一：systemd、cron。\n"
            ),
            (
                ["runs", "start", "--log-level", "x"], 2,
                "错误： 值“x”不能用于“--log-level <level>”。请给出以下之一：\n  - trace\n  - debug\n"
            ),
            (["vault", "---status"], 2, "错误： 无效的选项：---status\n用法： sluice <子命令>\n"),
            (
                ["--generate-completion-script", "tcsh"], 2,
                "错误： 无法为“tcsh”生成补全脚本。\n请使用 --generate-completion-script=<shell>，可选：\n"
            ),
            (["vault", "status"], 0, "还没有机密。\n"), (["runs", "list"], 0, "运行  数据集  状态  计划时间（UTC）"),
            (["runs", "start", "--help"], 0, "概述： 立即导出数据流的数据集"),
            (["help", "runs", "start"], 0, "概述： 立即导出数据流的数据集"),
            (["help", "plan"], 0, "方案文件\n\n方案就是"),
            (["destinations", "catalog", "sftp"], 0, "SFTP：用密码登录 SSH 服务器"),
            (["themes", "show", "monochrome"], 0, "完全不用颜色："),
        ] as [([String], Int32, String)])
    func said(arguments: [String], status: Int32, words: String) throws {
        let path = try Sluice.path
        var environment = ProcessInfo.processInfo.environment
        environment["SLUICE_HOME"] = program.home.path
        let outcome = try Sluice.run(
            path, arguments, environment: environment.merging(Self.chinese) { $1 })
        #expect(outcome.status == status)
        #expect((outcome.output + outcome.errors).hasPrefix(words), "\(outcome)")
    }

    @Test("is asked for by an option before anything else, by SLUICE_LANG, or by the locale")
    func choice() throws {
        for (arguments, environment, isChinese) in [
            (["vault"], [:], false), (["vault"], Self.chinese, true),
            (["vault"], ["SLUICE_LANG": "zh_CN"], true),
            (["vault", "--lang", "zh_CN"], [:], true), (["--lang=zh_CN", "vault", "status"], [:], true),
            (["vault", "--lang", "zh-Hans"], [:], true), (["vault", "--lang", "en"], Self.chinese, false),
            (["vault"], ["SLUICE_LANG": "en"].merging(Self.chinese) { one, _ in one }, false),
            (["vault"], ["LC_ALL": "zh_TW.UTF-8"], false), (["vault"], ["LC_ALL": "zh_CN.GB18030"], false),
            (["vault"], ["LC_ALL": "@"], false), (["vault", "--help", "--lang", "zh_CN"], [:], true),
        ] as [([String], [String: String], Bool)] {
            var all = ProcessInfo.processInfo.environment
            all["SLUICE_HOME"] = program.home.path
            all["LC_ALL"] = "C.UTF-8"
            let outcome = try Sluice.run(
                try Sluice.path, arguments, environment: all.merging(environment) { $1 })
            #expect(
                outcome.status == 0 && Self.isChinese(outcome.output) == isChinese, "\(arguments) \(outcome)")
        }
    }

    @Test("is refused where there is none such, with those that there are", arguments: ["xx", "zh_TW", ""])
    func unknown(code: String) throws {
        let outcome = try program("vault", "--lang", code)
        #expect(outcome.status == 2 && outcome.output == "")
        #expect(
            outcome.errors
                == "sluice: There is no language “\(code)” (--lang); there are en (English), zh_CN (简体中文).\n")
    }

    @Test("tells states, why runs failed and what was wrong with their records in it, but not to programs")
    func runs() throws {
        let inputs = try TemporaryFolder()
        let file = try inputs.write("orders.ndjson", "{\"a\": 1}\nnot JSON\n")
        #expect(try program("datasets", "add", "Orders", file).status == 0)
        // Made and run in English, looked at in Chinese.
        let failed = try program("export", try inputs.wholePlan(named: "Once"), "--json")
        let english = try program("runs", "list", "--json")
        #expect(failed.status == 1 && english.output.contains("\"failed\""))
        #expect(try run(["runs", "list", "--json"], Self.chinese).output == english.output)
        let ids = try JSONSerialization.jsonObject(with: Data(english.output.utf8)) as? [[String: Any]]
        let id = try #require(ids?.first?["id"] as? String)
        let shown = try run(["runs", "show", id], Self.chinese).output
        #expect(shown.contains("失败") && !shown.contains("failed"), Comment(rawValue: shown))
        #expect(
            shown.contains("2 条记录中有 1 条不是 JSON 对象") && shown.contains("第 2 行"), Comment(rawValue: shown))
        let flows = try run(["flows", "list"], Self.chinese).output
        #expect(flows.contains("已启用") && flows.contains("失败") && !flows.contains("enabled"))
        let pausing = try run(["flows", "resume", "Once"], Self.chinese)
        #expect(pausing.status == 1 && !pausing.errors.contains("enabled"), Comment(rawValue: pausing.errors))
        let verified = try run(["verify", "Once"], Self.chinese)
        #expect(verified.status == 3 && !verified.output.contains("is not a JSON object"))
    }

    @Test("leaves results for programs, and the log, as they are")
    func forPrograms() throws {
        let inputs = try TemporaryFolder()
        let file = try inputs.write("orders.ndjson", "{\"a\": 1}\n{\"a\": \"x\"}\nnot JSON\n")
        for arguments in [
            ["inspect", file, "--json"], ["destinations", "catalog", "s3", "--json"],
            ["themes", "list", "--json"], ["help", "plan", "--man"],
        ] {
            let english = try run(arguments, [:])
            #expect(try run(arguments, Self.chinese).output == english.output && !english.output.isEmpty)
            #expect(!Self.isChinese(english.output))
        }
        #expect(try program("datasets", "add", "Orders", file).status == 0)
        let plan = try inputs.wholePlan(named: "Once")
        let failed = try run(
            ["export", plan, "--json", "--log-file", inputs.file("log")], Self.chinese)
        #expect(failed.status == 1 && !failed.output.isEmpty && !Self.isChinese(failed.output), "\(failed)")
        let logged = String(decoding: try inputs.bytes(of: "log"), as: UTF8.self)
        #expect(!logged.isEmpty && !Self.isChinese(logged), Comment(rawValue: logged))
    }

    private func run(_ arguments: [String], _ environment: [String: String]) throws -> Sluice.Outcome {
        var all = ProcessInfo.processInfo.environment
        all["SLUICE_HOME"] = program.home.path
        return try Sluice.run(try Sluice.path, arguments, environment: all.merging(environment) { $1 })
    }

    @Test(
        "fits the help of every command into 80 columns",
        arguments: [
            "", "wizard", "demo", "datasets", "datasets add", "datasets remove", "destinations",
            "destinations add", "destinations edit", "destinations test", "export", "flows", "flows edit",
            "flows delete", "flows unfinished", "runs", "runs start", "runs retry", "verify", "inspect",
            "login",
            "profiles", "profiles use", "vault", "vault passphrase", "serve", "schedule", "schedule install",
            "themes", "themes show", "help",
        ])
    func fits(command: String) throws {
        let help = try run(command.split(separator: " ").map(String.init) + ["--help"], Self.chinese)
        #expect(help.status == 0 && Self.isChinese(help.output))
        let long = help.output.split(separator: "\n").filter { TextWidth.standard.width(of: String($0)) > 80 }
        #expect(long == [])
    }
}
