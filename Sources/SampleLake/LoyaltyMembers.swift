// Members of a loyalty programme.

/// Writes members; every third customer is one.
struct LoyaltyMembers: RowWriter {
    private let world: World
    private var random: SeededGenerator
    private var number: Int

    init(part: Part) {
        world = part.world
        random = part.random
        number = part.firstRow
    }

    mutating func writeRow(to row: inout RowBuffer) {
        let person = world.person(number * 3)
        let joined = Moment(
            milliseconds: world.now.milliseconds - random.pick(5_000_000_000...200_000_000_000))
        number += 1
        row.raw(#"{"memberID":"LM"#)
        row.digits(UInt(number), atLeast: 8)
        row.raw(#"","crmId":""#)
        row.customerID(person)
        row.raw(#"","name":""#)
        row.text(person.firstName)
        row.raw(" ")
        row.text(person.lastName)
        row.raw(#"","loyalty":{"tier":""#)
        row.raw(random.pick(["bronze", "bronze", "silver", "gold", "platinum 💎"] as [StaticString]))
        row.raw(#"","points":"#)
        row.integer(random.pickPopular(below: 250_000))
        row.raw(#","pointsExpiring":"#)
        row.integer(random.pickPopular(below: 3_000))
        row.raw(#","joinDate":""#)
        row.date(joined)
        row.raw(#"","enrolledIn":""#)
        row.text(person.place.city)
        row.raw(#""},"transactions":["#)
        var moment = joined
        let count = random.pickPopular(below: 9)
        for index in 0..<count {
            moment.milliseconds += random.pick(86_400_000...500_000_000)
            row.raw(index == 0 ? #"{"date":""# : #",{"date":""#)
            row.date(moment)
            row.raw(#"","points":"#)
            row.integer(random.pick(-900...1_200))
            row.raw(#"}"#)
        }
        row.raw("]}")
    }
}
