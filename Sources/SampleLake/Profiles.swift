// Customers in the shape of XDM's Individual Profile.

/// Writes customers, in the order of their numbers.
struct Profiles: RowWriter {
    private let world: World
    private var random: SeededGenerator
    private var number: Int

    init(part: Part) {
        world = part.world
        random = part.random
        number = part.firstRow
    }

    mutating func writeRow(to row: inout RowBuffer) {
        let person = world.person(number)
        number += 1
        row.raw(#"{"_id":""#)
        row.customerID(person)
        row.raw(#"","person":{"name":{"firstName":""#)
        row.text(person.firstName)
        row.raw(#"","lastName":""#)
        row.text(person.lastName)
        row.raw(#""},"gender":""#)
        row.raw(random.chance(4) ? "not_specified" : person.isFemale ? "female" : "male")
        row.raw(#"","birthDate":""#)
        row.date(Moment(milliseconds: world.now.milliseconds - random.pick(6_600...29_000) * 86_400_000))
        row.raw(#"","maritalStatus":"#)
        row.raw(
            random.pick(["null", #""married""#, #""single""#, #""domestic_partnership""#] as [StaticString]))
        row.raw(#"},"personalEmail":{"address":""#)
        row.email(person)
        row.raw(#"","primary":true,"status":""#)
        row.raw(random.chance(93) ? "active" : "blocked")
        row.raw(#""},"#)
        if random.chance(60) {
            row.raw(#""mobilePhone":{"number":"+1 555 01"#)
            row.digits(UInt(random.below(100)), atLeast: 2)
            row.raw(#" "#)
            row.digits(UInt(random.below(10_000)), atLeast: 4)
            row.raw(#"","primary":false},"#)
        }
        writeAddress(of: person, to: &row)
        row.raw(#""identityMap":{"CRMID":[{"id":""#)
        row.customerID(person)
        row.raw(#"","authenticatedState":"authenticated","primary":true}],"ECID":[{"id":""#)
        row.visitorID(person)
        row.raw(#"","authenticatedState":"ambiguous","primary":false}],"Email_LC_SHA256":[{"id":""#)
        row.hashedEmail(person)
        row.raw(#"","authenticatedState":"ambiguous","primary":false}]},"#)
        writeConsents(to: &row)
        writeAudiences(to: &row)
        row.raw(#""preferredLanguage":""#)
        row.raw(person.place.language)
        row.raw(#"","timeZone":"#)
        row.integer(person.place.timeZone)
        row.raw(#","testProfile":false}"#)
    }

    private mutating func writeAddress(of person: Person, to row: inout RowBuffer) {
        row.raw(#""homeAddress":{"street1":""#)
        row.integer(random.pick(1...240))
        row.raw(
            random.pick(
                [" High Street", " Mill Lane", " Bahnhofstraße", " 中央通り", " 강남대로", " 南京路"] as [StaticString]))
        row.raw(#"","city":""#)
        row.text(person.place.city)
        row.raw(#"","postalCode":""#)
        row.raw(person.place.postalCode)
        row.raw(#"","stateProvince":""#)
        row.raw(person.place.region)
        row.raw(#"","countryCode":""#)
        row.raw(person.place.country)
        row.raw(#"","_repo":{"lastModified":""#)
        row.timestamp(Moment(milliseconds: world.now.milliseconds - random.pick(0...94_608_000_000)))
        row.raw(#""},"primary":true},"#)
    }

    private mutating func writeConsents(to row: inout RowBuffer) {
        row.raw(#""consents":{"collect":{"val":""#)
        row.raw(random.chance(88) ? "y" : "n")
        row.raw(#""},"share":{"val":""#)
        row.raw(random.chance(40) ? "y" : "n")
        row.raw(#""},"marketing":{"preferred":"email","any":{"val":""#)
        row.raw(random.chance(70) ? "y" : "n")
        row.raw(#""},"email":{"val":""#)
        row.raw(random.chance(65) ? "y" : "n")
        row.raw(#"","reason":null},"push":{"val":"u"}},"metadata":{"time":""#)
        row.timestamp(Moment(milliseconds: world.now.milliseconds - random.pick(0...63_072_000_000)))
        row.raw(#""}},"#)
    }

    private mutating func writeAudiences(to row: inout RowBuffer) {
        row.raw(#""segmentMembership":{"ups":{"#)
        let count = 1 + random.pickPopular(below: 5)
        for index in 0..<count {
            row.raw(index == 0 ? #"""# : #",""#)
            // The audience's id: one of twenty for each place in the list, so that none comes twice.
            var audience = SeededGenerator(seed: world.seed, "audience", index * 20 + random.below(20))
            row.uuid(&audience)
            row.raw(#"":{"lastQualificationTime":""#)
            row.timestamp(Moment(milliseconds: world.now.milliseconds - random.pick(0...7_776_000_000)))
            row.raw(#"","status":""#)
            row.raw(random.chance(80) ? "realized" : "exited")
            row.raw(#""}"#)
        }
        row.raw("}},")
    }
}
