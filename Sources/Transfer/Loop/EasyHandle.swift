// One easy handle of libcurl: the only file that calls it. It knows nothing of exchanges and bodies.

import CCurl
import CCurlOptions

/// A handle that carries one exchange after another, its buffers and constant options kept.
///
/// Only the event loop's thread touches it.
final class EasyHandle {
    /// How large its buffer for sending is; libcurl makes a new one when that changes, so each handle keeps its.
    enum Buffers { case usual, large }

    let curl: UnsafeMutableRawPointer
    let buffers: Buffers
    private var fields = FieldList()
    private let errorText: UnsafeMutablePointer<CChar>

    /// Nil when there is no memory.
    init?(buffers: Buffers) {
        guard let curl = curl_easy_init() else { return nil }
        self.curl = curl
        self.buffers = buffers
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        curl_set_pointer(curl, CURLOPT_ERRORBUFFER, errorText)
        // Measured: larger ones leave the processor's cache and cost more than the calls that they save.
        set(CURLOPT_BUFFERSIZE, 64 << 10)
        if buffers == .large { set(CURLOPT_UPLOAD_BUFFERSIZE, 512 << 10) }
    }

    deinit {
        curl_easy_cleanup(curl)
        errorText.deallocate()
    }

    func set(_ option: CURLoption, _ value: Int) { curl_set_long(curl, option, value) }

    func set(_ option: CURLoption, _ value: Bool) { curl_set_long(curl, option, value ? 1 : 0) }

    func set(_ option: CURLoption, _ value: String?) { curl_set_text(curl, option, value) }

    func set(_ option: CURLoption, offset value: Int64) { curl_set_offset(curl, option, curl_off_t(value)) }

    func set(_ option: CURLoption, context: AnyObject?) {
        curl_set_pointer(curl, option, context.map { Unmanaged.passUnretained($0).toOpaque() })
    }

    /// Sets the header fields that are sent besides those that libcurl makes.
    func set(fields: consuming FieldList) {
        curl_set_list(curl, CURLOPT_HTTPHEADER, fields.first)
        // Only now may the former list go: libcurl has kept a pointer to it.
        self.fields = fields
    }

    func number(_ info: CURLINFO) -> Int {
        var value = 0
        curl_get_long(curl, info, &value)
        return value
    }

    func offset(_ info: CURLINFO) -> Int64 {
        var value: curl_off_t = 0
        curl_get_offset(curl, info, &value)
        return Int64(value)
    }

    /// Why the last exchange failed, in libcurl's words.
    func reason(of code: CURLcode) -> String {
        errorText[0] == 0 ? String(cString: curl_easy_strerror(code)) : String(cString: errorText)
    }

    /// Forgets the last failure.
    func clearReason() { errorText[0] = 0 }

    /// Stops what `paused` names, and lets the rest go on.
    func pause(_ paused: Int32) { curl_easy_pause(curl, paused) }
}

/// A list of header fields in libcurl's own form.
struct FieldList: ~Copyable {
    private(set) var first: UnsafeMutablePointer<curl_slist>?

    init() {}

    deinit { curl_slist_free_all(first) }

    /// Adds a whole line, like `Name: value`, without its end.
    mutating func append(_ line: String) {
        if let longer = curl_slist_append(first, line) { first = longer }
    }

    /// Adds a line of bytes that ends in a zero.
    mutating func append(_ line: UnsafePointer<CChar>) {
        if let longer = curl_slist_append(first, line) { first = longer }
    }
}
