// What the environment says about the terminal. Read once, when the terminal is taken over.

import Glibc

enum Environment {
    /// The value of a variable; nothing where it is not set or empty.
    static func value(_ name: String) -> String? {
        guard let value = getenv(name) else { return nil }
        let text = String(cString: value)
        return text.isEmpty ? nil : text
    }

    /// Makes the character set of the environment that of the process; whether it is UTF-8.
    ///
    /// A locale that is asked for but not installed, as on many small servers, is known by its name.
    static func adoptCharacterSet() -> Bool {
        if setlocale(LC_CTYPE, "") == nil {
            let name = value("LC_ALL") ?? value("LC_CTYPE") ?? value("LANG") ?? ""
            let isUTF8 = ["utf-8", "utf8"].contains { name.lowercased().hasSuffix($0) }
            if isUTF8 { setlocale(LC_CTYPE, "C.UTF-8") }
        }
        return String(cString: nl_langinfo(Int32(CODESET))) == "UTF-8"
    }
}
