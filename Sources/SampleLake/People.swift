// The people of the sample lake: the same person for the same number, in every dataset.

/// A person, made from a number.
struct Person {
    let number: Int

    /// How many people there are.
    static let count = 40_000

    var firstName: String { Self.firstNames[number % Self.firstNames.count] }
    var lastName: String { Self.lastNames[number / 7 % Self.lastNames.count] }
    var country: String { Self.countries[number / 3 % Self.countries.count] }
    var city: String { Self.cities[number / 3 % Self.cities.count] }

    func writeEmail(to line: inout LineWriter) {
        line.text("\"")
        line.raw(firstName.lowercased())
        line.text(".")
        line.number(number)
        line.text("@example.com\"")
    }

    /// The identities of the person, as an identity map.
    func writeIdentities(to line: inout LineWriter) {
        line.text(#"{"ECID":[{"id":""#)
        line.number(number &* 7_919 &+ 1_000_003, digits: 19)
        line.number(number &* 104_729 % 10_000_000, digits: 19)
        line.text(#"","primary":true,"authenticatedState":"ambiguous"}]"#)
        if number % 3 != 0 {
            line.text(#","Email":[{"id":"#)
            writeEmail(to: &line)
            line.text(#","primary":false,"authenticatedState":"authenticated"}]"#)
        }
        line.text("}")
    }

    private static let firstNames = [
        "Anna", "Ben", "Chiara", "Dmitri", "Elif", "Farid", "Grace", "Hiro", "Ines", "Jonas", "Kaja", "Li",
        "Maya", "Noah", "Olga", "Pablo", "Quinn", "Rosa", "Sven", "Tariq", "Uma", "Vera", "Wanda", "Yuki",
    ]
    private static let lastNames = [
        "Abe", "Bauer", "Costa", "Dubois", "Eriksen", "Fischer", "Garcia", "Haddad", "Ivanova", "Jansen",
        "Kowalski", "Larsen", "Moreau", "Nguyen", "O'Neill", "Petrov", "Rossi", "Silva", "Tanaka", "Yilmaz",
    ]
    private static let countries = ["DE", "JP", "FR", "US", "BR", "GB", "IT", "KR", "IN", "CN"]
    private static let cities = [
        "Hamburg", "東京", "Lyon", "Portland", "São Paulo", "Leeds", "Torino", "서울", "Pune", "上海",
    ]
}
