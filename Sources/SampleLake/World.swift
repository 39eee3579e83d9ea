// The people, places and products that all datasets of a sample lake speak of, so that they can be joined.

import FoundationEssentials

/// What the datasets of one sample lake have in common.
struct World: Sendable {
    static let peopleCount = 30_000
    static let productCount = 2_000

    /// The moment before which everything happened.
    let now: Moment
    let seed: UInt64
    let products: [Product]

    init(seed: UInt64, now: Date) {
        self.seed = seed
        self.now = Moment(milliseconds: Int((now.timeIntervalSince1970 * 1_000).rounded(.down)))
        products = (0..<Self.productCount).map { Product(number: $0, seed: seed) }
    }

    func person(_ number: Int) -> Person {
        Person(number: number, seed: seed)
    }
}

/// A customer of the shop.
struct Person {
    let number: Int
    let place: Place
    let firstName: JSONText
    let lastName: JSONText
    let isFemale: Bool
    /// The digits of the visitor id: 38 of them, in two halves.
    let visitor: (UInt64, UInt64)

    init(number: Int, seed: UInt64) {
        var random = SeededGenerator(seed: seed, "person", number)
        self.number = number
        place = Place.all[random.pickPopular(below: Place.all.count)]
        isFemale = random.chance(51)
        let names = place.names
        firstName = random.pick(isFemale ? names.female : names.male)
        lastName = random.pick(names.last)
        visitor = (random.next() % 10_000_000_000_000_000_000, random.next() % 10_000_000_000_000_000_000)
    }
}

/// Something that the shop sells.
struct Product: Sendable {
    let number: Int
    let name: JSONText
    let category: JSONText
    let language: StaticString
    /// The price in hundredths.
    let price: Int
    let emoji: StaticString

    init(number: Int, seed: UInt64) {
        var random = SeededGenerator(seed: seed, "product", number)
        let kind = random.pick(ProductKind.all)
        let words = random.pick(ProductWords.all)
        self.number = number
        language = words.language
        category = kind.category
        emoji = kind.emoji
        price = random.pick(3...400) * 100 - random.pick([1, 5, 10, 50, 100])
        name = JSONText(
            escaped: [
                words.adjectives[random.below(words.adjectives.count)],
                kind.names[words.index], random.pick(ProductWords.endings),
            ].filter { !$0.isEmpty }.joined(separator: words.joiner))
    }
}

extension RowBuffer {
    /// The Experience Cloud id of a visitor: 38 digits.
    mutating func visitorID(_ person: Person) {
        digits(UInt(person.visitor.0), atLeast: 19)
        digits(UInt(person.visitor.1), atLeast: 19)
    }

    /// The customer's number, such as `CRM-000012345`.
    mutating func customerID(_ person: Person) {
        raw("CRM-")
        digits(UInt(person.number), atLeast: 9)
    }

    /// An address that reaches nobody (RFC 2606).
    mutating func email(_ person: Person) {
        raw("customer.")
        integer(person.number)
        raw(".")
        hexadecimal(person.visitor.0, digits: 4)
        raw("@example.com")
    }

    /// Where an e-mail address must not be shown: in place of its SHA-256, digits that look like one.
    mutating func hashedEmail(_ person: Person) {
        var digest = SeededGenerator(seed: person.visitor.0, "digest", person.number)
        for _ in 0..<4 { hexadecimal(digest.next(), digits: 16) }
    }

    /// The stock-keeping unit of a product, such as `SKU-01234`.
    mutating func sku(_ product: Product) {
        raw("SKU-")
        digits(UInt(product.number), atLeast: 5)
    }

    /// The person's place as XDM's `geo`, to a few streets.
    mutating func geo(_ person: Person) {
        let place = person.place
        raw(#"{"countryCode":""#)
        raw(place.country)
        raw(#"","stateProvince":""#)
        raw(place.region)
        raw(#"","city":""#)
        text(place.city)
        raw(#"","postalCode":""#)
        raw(place.postalCode)
        raw(#"","_schema":{"latitude":"#)
        decimal(place.latitude + Int(person.visitor.0 % 900), places: 4)
        raw(#","longitude":"#)
        decimal(place.longitude + Int(person.visitor.1 % 900), places: 4)
        raw("}}")
    }
}
