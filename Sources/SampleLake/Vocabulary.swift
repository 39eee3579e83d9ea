// Tables: names, places, products and pages.

/// A city in which customers live.
struct Place: Sendable {
    let city: JSONText
    let region: StaticString
    let country: StaticString
    let postalCode: StaticString
    /// Ten-thousandths of a degree.
    let latitude: Int
    let longitude: Int
    /// Minutes east of Greenwich, in winter.
    let timeZone: Int
    let language: StaticString
    let currency: StaticString
    let names: Names

    /// The cities with the most customers first.
    static let all: [Place] = [
        Place(
            city: "New York", region: "US-NY", country: "US", postalCode: "10001", latitude: 407_128,
            longitude: -740_060, timeZone: -300, language: "en-US", currency: "USD", names: .english),
        Place(
            city: "London", region: "GB-LND", country: "GB", postalCode: "EC1A 1BB", latitude: 515_072,
            longitude: -1_276, timeZone: 0, language: "en-GB", currency: "GBP", names: .english),
        Place(
            city: "東京", region: "JP-13", country: "JP", postalCode: "100-0001", latitude: 356_762,
            longitude: 1_396_503, timeZone: 540, language: "ja-JP", currency: "JPY", names: .japanese),
        Place(
            city: "San José", region: "US-CA", country: "US", postalCode: "95113", latitude: 373_382,
            longitude: -1_218_863, timeZone: -480, language: "en-US", currency: "USD", names: .english),
        Place(
            city: "München", region: "DE-BY", country: "DE", postalCode: "80331", latitude: 481_351,
            longitude: 115_820, timeZone: 60, language: "de-DE", currency: "EUR", names: .german),
        Place(
            city: "서울", region: "KR-11", country: "KR", postalCode: "04524", latitude: 375_665,
            longitude: 1_269_780, timeZone: 540, language: "ko-KR", currency: "KRW", names: .korean),
        Place(
            city: "Chicago", region: "US-IL", country: "US", postalCode: "60601", latitude: 418_781,
            longitude: -876_298, timeZone: -360, language: "en-US", currency: "USD", names: .english),
        Place(
            city: "上海", region: "CN-SH", country: "CN", postalCode: "200001", latitude: 312_304,
            longitude: 1_214_737, timeZone: 480, language: "zh-CN", currency: "CNY", names: .chinese),
        Place(
            city: "Zürich", region: "CH-ZH", country: "CH", postalCode: "8001", latitude: 473_769,
            longitude: 85_417, timeZone: 60, language: "de-CH", currency: "CHF", names: .german),
        Place(
            city: "Sydney", region: "AU-NSW", country: "AU", postalCode: "2000", latitude: -338_688,
            longitude: 1_512_093, timeZone: 600, language: "en-AU", currency: "AUD", names: .english),
        Place(
            city: "大阪", region: "JP-27", country: "JP", postalCode: "530-0001", latitude: 346_937,
            longitude: 1_355_023, timeZone: 540, language: "ja-JP", currency: "JPY", names: .japanese),
        Place(
            city: "Portland", region: "US-OR", country: "US", postalCode: "97201", latitude: 455_152,
            longitude: -1_226_784, timeZone: -480, language: "en-US", currency: "USD", names: .english),
    ]
}

/// The names that people have in one country.
struct Names: Sendable {
    let female: [JSONText]
    let male: [JSONText]
    let last: [JSONText]

    static let english = Names(
        female: ["Ada", "Grace", "Maya", "Olivia", "Zoe", "Ruth", "Siobhan", "Aaliyah"],
        male: ["Alan", "Noah", "Liam", "James", "Omar", "Theo", "Dev", "Miles"],
        last: [
            "Smith", "O'Brien", "Johnson", "García", "Williams", "Nguyen", "Patel", "Brown", "van der Berg",
            "Okafor",
        ])
    static let german = Names(
        female: ["Jörgine", "Lena", "Käthe", "Mia", "Sophie"],
        male: ["Jürgen", "Björn", "Lukas", "Emil", "Felix"],
        last: ["Müller", "Schäfer", "Weiß", "Keller", "Baumgärtner", "Zimmermann"])
    static let japanese = Names(
        female: ["さくら", "陽子", "美咲", "結衣"], male: ["太郎", "蓮", "大翔", "健一"],
        last: ["佐藤", "鈴木", "高橋", "田中", "渡辺", "小林"])
    static let korean = Names(
        female: ["서연", "지우", "하윤", "민서"], male: ["민준", "서준", "도윤", "지훈"],
        last: ["김", "이", "박", "최", "정"])
    static let chinese = Names(
        female: ["秀英", "娜", "丽", "芳"], male: ["伟", "强", "磊", "军"], last: ["王", "李", "张", "刘", "陈", "杨"])
}

/// A kind of product, named in the languages of `ProductWords`, escaped as in JSON.
struct ProductKind: Sendable {
    let category: JSONText
    let emoji: StaticString
    let names: [String]

    static let all: [ProductKind] = [
        ProductKind(
            category: "Home/Kitchen", emoji: "☕️",
            names: ["Coffee Grinder", "Kaffeemühle", "コーヒーミル", "커피 그라인더", "咖啡研磨机"]),
        ProductKind(
            category: "Home/Kitchen", emoji: "🍵", names: ["Tea Pot", "Teekanne", "急須", "찻주전자", "茶壶"]),
        ProductKind(
            category: "Home/Living", emoji: "🛋️", names: [#"3\" Cushion"#, "Kissen", "座布団", "방석", "坐垫"]),
        ProductKind(
            category: "Outdoor", emoji: "⛺️", names: ["Tent for 2", "Zelt für 2", "二人用テント", "2인용 텐트", "双人帐篷"]),
        ProductKind(
            category: "Outdoor", emoji: "🧗🏽‍♀️",
            names: ["Climbing Rope", "Kletterseil", "クライミングロープ", "등산 로프", "登山绳"]),
        ProductKind(
            category: "Apparel/Shoes", emoji: "👟",
            names: ["Running Shoes", "Laufschuhe", "ランニングシューズ", "러닝화", "跑鞋"]),
        ProductKind(
            category: "Apparel/Jackets", emoji: "🧥",
            names: ["Rain Jacket", "Regenjacke", "レインジャケット", "우비", "雨衣"]),
        ProductKind(
            category: "Electronics/Audio", emoji: "🎧",
            names: ["Headphones", "Kopfhörer", "ヘッドホン", "헤드폰", "耳机"]),
        ProductKind(
            category: "Electronics/Photo", emoji: "📷",
            names: [#"Camera \u2014 35 mm"#, "Kamera", "カメラ", "카메라", "相机"]),
        ProductKind(
            category: "Books & Paper", emoji: "📓",
            names: [#"Notebook A5\/A6"#, "Notizbuch", "ノート", "공책", "笔记本"]),
        ProductKind(
            category: "Toys", emoji: "👨‍👩‍👧‍👦",
            names: [#"Game \\ Family"#, "Familienspiel", "家族ゲーム", "가족 게임", "家庭游戏"]),
        ProductKind(
            category: "Food", emoji: "🍜", names: [#"Noodles \ud83c\udf5c"#, "Nudeln", "ラーメン", "라면", "拉面"]),
    ]
}

/// The words of one language in the names of products, escaped as in JSON.
struct ProductWords: Sendable {
    let index: Int
    let language: StaticString
    let joiner: String
    let adjectives: [String]

    static let endings = [
        "", "", "", "II", "Pro", "S", "XL", "✨", #"\u00ae"#, #"(\"Limited\")"#, "2026", "№ 5",
    ]

    static let all = [
        ProductWords(
            index: 0, language: "en", joiner: " ",
            adjectives: ["Blue", "Classic", "Compact", "Everyday", "Quiet", "Sturdy"]),
        ProductWords(
            index: 1, language: "de", joiner: " ",
            adjectives: ["Grüne", "Klassische", "Leichte", "Große", "Süße"]),
        ProductWords(index: 2, language: "ja", joiner: "・", adjectives: ["青い", "小さな", "軽量", "定番", "静かな"]),
        ProductWords(index: 3, language: "ko", joiner: " ", adjectives: ["파란", "작은", "가벼운", "튼튼한"]),
        ProductWords(index: 4, language: "zh", joiner: " ", adjectives: ["蓝色", "小型", "轻便", "经典", "安静的"]),
    ]
}

/// A browser, and the device that it runs on.
struct Browser: Sendable {
    let userAgent: StaticString
    let device: StaticString
    let width: Int
    let height: Int

    static let all = [
        Browser(
            userAgent:
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
            device: #""type":"desktop","typeID":"WIN","manufacturer":"Dell","model":"XPS 13""#, width: 1_920,
            height: 1_080),
        Browser(
            userAgent:
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
            device: #""type":"mobile","typeID":"IPH","manufacturer":"Apple","model":"iPhone 16""#, width: 393,
            height: 852),
        Browser(
            userAgent:
                "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
            device: #""type":"mobile","typeID":"AND","manufacturer":"Google","model":"Pixel 9""#, width: 412,
            height: 915),
        Browser(
            userAgent:
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15",
            device: #""type":"desktop","typeID":"MAC","manufacturer":"Apple","model":"MacBook Air""#,
            width: 1_440, height: 900),
        Browser(
            userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0",
            device: #""type":"desktop","typeID":"LIN","manufacturer":"Lenovo","model":"ThinkPad X1""#,
            width: 2_560, height: 1_440),
        Browser(
            userAgent:
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
            device: #""type":"desktop","typeID":"WIN","manufacturer":"HP","model":"Spectre x360""#,
            width: 1_536, height: 864),
        Browser(
            userAgent:
                "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
            device: #""type":"tablet","typeID":"IPD","manufacturer":"Apple","model":"iPad Air""#, width: 820,
            height: 1_180),
    ]
}

/// A way in which visitors come.
struct Channel: Sendable {
    let id: StaticString
    let referrer: StaticString
    let referrerType: StaticString
    let campaign: StaticString

    static let all = [
        Channel(
            id: "search", referrer: "https://www.google.com/", referrerType: "search_engine",
            campaign: "brand-search"),
        Channel(id: "direct", referrer: "", referrerType: "typed_bookmarked", campaign: "none"),
        Channel(
            id: "email", referrer: "https://mail.example.com/", referrerType: "email",
            campaign: "newsletter-week"),
        Channel(
            id: "social", referrer: "https://www.instagram.com/", referrerType: "social",
            campaign: "autumn-lookbook"),
        Channel(
            id: "display", referrer: "https://ads.example.net/click", referrerType: "external",
            campaign: "retargeting-30d"),
        Channel(
            id: "affiliate", referrer: "https://blog.example.org/best-gifts", referrerType: "external",
            campaign: "partner-gifts"),
    ]
}
