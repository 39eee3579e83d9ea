// Tables for the standard events: places, products, browsers, pages.

/// A place from which visitors come.
struct EventPlace: Sendable {
    let city: StaticString
    let region: StaticString
    let country: StaticString
    let language: StaticString
    let currency: StaticString
    /// Ten-thousandths of a degree.
    let latitude: Int
    let longitude: Int
    /// Minutes east of Greenwich.
    let timeZone: Int

    /// The most frequent first.
    static let all = [
        EventPlace("New York", "US-NY", "US", "en-US", "USD", 407_128, -740_060, -300),
        EventPlace("London", "GB-LND", "GB", "en-GB", "GBP", 515_072, -1_276, 0),
        EventPlace("München", "DE-BY", "DE", "de-DE", "EUR", 481_351, 115_820, 60),
        EventPlace("San José", "US-CA", "US", "en-US", "USD", 373_382, -1_218_863, -480),
        EventPlace("東京", "JP-13", "JP", "ja-JP", "JPY", 356_762, 1_396_503, 540),
        EventPlace("Chicago", "US-IL", "US", "en-US", "USD", 418_781, -876_298, -360),
        EventPlace("Paris", "FR-IDF", "FR", "fr-FR", "EUR", 488_566, 23_522, 60),
        EventPlace("São Paulo", "BR-SP", "BR", "pt-BR", "BRL", -235_505, -466_333, -180),
        EventPlace("Zürich", "CH-ZH", "CH", "de-CH", "CHF", 473_769, 85_417, 60),
        EventPlace("서울", "KR-11", "KR", "ko-KR", "KRW", 375_665, 1_269_780, 540),
        EventPlace("Sydney", "AU-NSW", "AU", "en-AU", "AUD", -338_688, 1_512_093, 600),
        EventPlace("Bengaluru", "IN-KA", "IN", "en-IN", "INR", 129_716, 775_946, 330),
        EventPlace("Toronto", "CA-ON", "CA", "en-CA", "CAD", 436_532, -793_832, -300),
        EventPlace("Amsterdam", "NL-NH", "NL", "nl-NL", "EUR", 523_676, 49_041, 60),
    ]

    private init(
        _ city: StaticString, _ region: StaticString, _ country: StaticString, _ language: StaticString,
        _ currency: StaticString, _ latitude: Int, _ longitude: Int, _ timeZone: Int
    ) {
        self.city = city
        self.region = region
        self.country = country
        self.language = language
        self.currency = currency
        self.latitude = latitude
        self.longitude = longitude
        self.timeZone = timeZone
    }
}

/// A browser on a device.
///
/// Its versions stand between the two halves of its user agent.
struct EventBrowser: Sendable {
    let name: StaticString
    let beforeVersion: StaticString
    let afterVersion: StaticString
    let versions: ClosedRange<Int>
    let kind: StaticString
    let manufacturer: StaticString
    let model: StaticString
    let width: Int
    let height: Int

    /// The most frequent first.
    static let all = [
        EventBrowser(
            "Chrome",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/",
            ".0.0.0 Safari/537.36", 128...142, "desktop", "Dell", "XPS 13", 1_920, 1_080),
        EventBrowser(
            "Safari",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/",
            ".2 Mobile/15E148 Safari/604.1", 16...18, "mobile", "Apple", "iPhone 16", 393, 852),
        EventBrowser(
            "Chrome",
            "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/",
            ".0.0.0 Mobile Safari/537.36", 128...142, "mobile", "Google", "Pixel 9", 412, 915),
        EventBrowser(
            "Chrome",
            "Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/",
            ".0.0.0 Mobile Safari/537.36", 120...142, "mobile", "Samsung", "Galaxy S24", 384, 832),
        EventBrowser(
            "Safari",
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/",
            ".1 Safari/605.1.15", 16...18, "desktop", "Apple", "MacBook Air", 1_440, 900),
        EventBrowser(
            "Firefox", "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/", ".0", 128...144,
            "desktop", "Lenovo", "ThinkPad X1", 2_560, 1_440),
        EventBrowser(
            "Edge", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Edg/",
            ".0.0.0", 128...142, "desktop", "HP", "Spectre x360", 1_536, 864),
        EventBrowser(
            "Safari",
            "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/",
            ".5 Mobile/15E148 Safari/604.1", 17...18, "tablet", "Apple", "iPad Air", 820, 1_180),
    ]

    private init(
        _ name: StaticString, _ beforeVersion: StaticString, _ afterVersion: StaticString,
        _ versions: ClosedRange<Int>, _ kind: StaticString, _ manufacturer: StaticString,
        _ model: StaticString, _ width: Int, _ height: Int
    ) {
        self.name = name
        self.beforeVersion = beforeVersion
        self.afterVersion = afterVersion
        self.versions = versions
        self.kind = kind
        self.manufacturer = manufacturer
        self.model = model
        self.width = width
        self.height = height
    }
}

/// A way in which visitors come.
struct EventChannel: Sendable {
    let name: StaticString
    /// Empty where there is none.
    let referrer: StaticString
    let campaign: StaticString

    /// The most frequent first.
    static let all = [
        EventChannel(name: "search", referrer: "https://www.google.com/", campaign: "brand-search-2026"),
        EventChannel(name: "direct", referrer: "", campaign: ""),
        EventChannel(
            name: "email", referrer: "https://mail.example.com/inbox", campaign: "newsletter-2026-03"),
        EventChannel(name: "social", referrer: "https://www.instagram.com/", campaign: "spring-lookbook"),
        EventChannel(
            name: "display", referrer: "https://ads.example.net/click", campaign: "retargeting-30d"),
        EventChannel(name: "affiliate", referrer: "https://blog.example.org/best-gifts", campaign: ""),
    ]
}

/// Single words.
enum EventWords {
    static let categories: [StaticString] = [
        "Apparel/Jackets", "Apparel/Shoes", "Books", "Electronics/Audio", "Electronics/Photo", "Food",
        "Home/Kitchen", "Home/Living", "Outdoor", "Toys",
    ]
    static let adjectives: [StaticString] = [
        "Blue", "Classic", "Compact", "Everyday", "Große", "Light", "Quiet", "Sturdy", "Süße", "青い",
    ]
    static let nouns: [StaticString] = [
        "Rain Jacket", "Running Shoes", "Notebook A5", "Headphones", "Camera", "Noodles", "Coffee Grinder",
        "Cushion", "Tent for 2", "Family Game", "Kaffeemühle", "Climbing Rope",
    ]
    static let searches: [StaticString] = [
        "running shoes", "waterproof jacket", "gift for dad", "headphones wireless", "coffee grinder manual",
        "tent 2 person", "notebook dotted", "camera strap", "kids toys 5 years", "wool socks", "red",
        "schwarze jacke",
    ]
    static let tags: [StaticString] = [
        "new-visitor", "returning", "loyalty-gold", "loyalty-silver", "ab-test-17-a", "ab-test-17-b",
        "newsletter", "high-value", "cart-abandoner", "price-sensitive",
    ]
    static let links: [StaticString] = [
        "add to wish list", "size guide", "show reviews", "compare", "play video", "chat",
    ]
    static let coupons: [StaticString] = ["SPRING10", "WELCOME5", "FREESHIP", "VIP20"]
    static let experiences: [StaticString] = [
        "control", "hero-banner-b", "checkout-short", "recommendations-v3",
    ]
}
