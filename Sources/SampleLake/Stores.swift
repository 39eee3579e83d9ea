// A small lookup whose texts are in many scripts, with emoji, quotes and escapes.

enum Stores {
    private static let names = [
        "渋谷店 🗼", "서울 명동점", "上海南京路店 🏮", "Київ Хрещатик", "Αθήνα Πλάκα", "القاهرة وسط البلد",
        "Zürich Bahnhofstraße", "São Paulo «Jardins»", "Reykjavík ☕️", "Mumbai \"Fort\"", "कोलकाता पार्क स्ट्रीट",
        "Dublin 👨‍👩‍👧 Grafton\nStreet",
    ]

    static func write(_ row: Int, random: inout SampleRandom, to line: inout LineWriter) {
        line.text(#"{"_id":"store-"#)
        line.number(row, digits: 4)
        line.text(#"","name":"#)
        line.string("\(names[row % names.count]) \(row / names.count + 1)")
        line.text(#","openedYear":"#)
        line.number(random.number(in: 1968...2026))
        line.text(#","squareMetres":"#)
        line.amount(random.number(in: 4_000...260_000))
        line.text(#","closed":"#)
        line.raw(random.chance(4) ? "true" : "false")
        line.text(#","manager":"#)
        if random.chance(10) { line.text("null") } else { line.string(Person(number: row * 31).firstName) }
        line.text("}")
    }
}
