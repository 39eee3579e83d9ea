// Profiles and loyalty members, in the shape of the Experience Data Model's individual profile.

enum Profiles {
    private static let segments = [
        "new-customers", "frequent-buyers", "cart-abandoners", "newsletter", "vip",
    ]

    static func write(_ row: Int, now: Int, random: inout SampleRandom, to line: inout LineWriter) {
        let person = Person(number: row % Person.count)
        line.text(#"{"_id":""#)
        line.uuid(&random)
        line.text(#"","person":{"name":{"firstName":"#)
        line.string(person.firstName)
        line.text(#","lastName":"#)
        line.string(person.lastName)
        line.text(#"},"birthDate":"#)
        line.date(random.below(40 * 365 * 86_400))
        line.text(#"},"personalEmail":{"address":"#)
        person.writeEmail(to: &line)
        line.text(#"},"homeAddress":{"street1":"#)
        line.string("\(person.lastName) \"Hof\" \(random.number(in: 1...180))")
        line.text(#","city":"#)
        line.string(person.city)
        line.text(#","postalCode":""#)
        line.number(random.below(99_999), digits: 5)
        line.text(#"","countryCode":"#)
        line.string(person.country)
        line.text(#"},"identityMap":"#)
        person.writeIdentities(to: &line)
        writeConsents(now: now, random: &random, to: &line)
        line.text(#","segmentMembership":{"ups":{"#)
        for index in 0..<random.below(4) {
            if index > 0 { line.text(",") }
            line.string(segments[(row + index) % segments.count])
            line.text(#":{"status":"realized","lastQualificationTime":"#)
            line.time(now - random.below(90 * 86_400))
            line.text("}")
        }
        line.text("}}}")
    }

    private static func writeConsents(now: Int, random: inout SampleRandom, to line: inout LineWriter) {
        line.text(#","consents":{"collect":{"val":"y"},"marketing":{"email":{"val":"#)
        line.string(random.chance(60) ? "y" : "n")
        line.text(#","time":"#)
        line.time(now - random.below(400 * 86_400))
        line.text(#"},"push":{"val":"#)
        line.string(random.chance(30) ? "y" : "n")
        line.text("}}}")
    }
}

enum LoyaltyMembers {
    private static let tiers = ["bronze", "bronze", "bronze", "silver", "silver", "gold", "platinum"]

    static func write(_ row: Int, now: Int, random: inout SampleRandom, to line: inout LineWriter) {
        let person = Person(number: row * 3 % Person.count)
        line.text(#"{"_id":"member-"#)
        line.number(row, digits: 7)
        line.text(#"","loyalty":{"tier":"#)
        line.string(random.pick(tiers))
        line.text(#","points":"#)
        line.number(random.popular(90_000))
        line.text(#","joinDate":"#)
        line.time(now - random.below(1_500 * 86_400))
        line.text(#","status":["#)
        line.string(random.chance(90) ? "active" : "paused")
        line.text(#"]},"identityMap":"#)
        person.writeIdentities(to: &line)
        line.text("}")
    }
}
