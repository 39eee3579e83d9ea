// Which options of libcurl an exchange needs.

import CCurl
import HTTPTypes

extension EasyHandle {
    /// Sets what is the same for all exchanges of a client.
    func configure(by configuration: HTTPClient.Configuration) {
        set(CURLOPT_NOSIGNAL, true)
        // A name that is still being resolved must not hold up the thread when nobody waits for it any more.
        set(CURLOPT_QUICK_EXIT, true)
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        set(CURLOPT_FOLLOWLOCATION, false)
        set(CURLOPT_PATH_AS_IS, true)
        set(CURLOPT_SUPPRESS_CONNECT_HEADERS, true)
        set(CURLOPT_CONNECTTIMEOUT_MS, configuration.connectTimeout.wholeMilliseconds)
        set(CURLOPT_TCP_NODELAY, true)
        set(CURLOPT_TCP_KEEPALIVE, true)
        set(CURLOPT_USERAGENT, configuration.userAgent)
        // The list of exceptions is ours: an empty one keeps libcurl from reading the environment.
        set(CURLOPT_NOPROXY, "")
        if let file = configuration.trust.file {
            set(CURLOPT_CAINFO, file)
            set(CURLOPT_PROXY_CAINFO, file)
        }
        if let directory = configuration.trust.directory {
            set(CURLOPT_CAPATH, directory)
            set(CURLOPT_PROXY_CAPATH, directory)
        }
    }

    /// Sets what one exchange needs; every option set here is set each time, as handles are used again.
    func prepare(_ order: ExchangeOrder, configuration: HTTPClient.Configuration) {
        clearReason()
        let origin = order.origin
        let proxy = configuration.proxies.proxy(for: origin)
        let isForwarded = proxy?.forwards(origin) ?? false
        // A proxy that is not wanted must be named empty, lest libcurl looks into the environment.
        set(CURLOPT_PROXY, proxy?.url ?? "")
        switch order.purpose {
        case .request(let request):
            set(CURLOPT_URL, origin.url)
            // Sent as it stands. A proxy that forwards is given the whole URL (RFC 9112, section 3.2.2).
            set(CURLOPT_REQUEST_TARGET, isForwarded ? origin.url + request.target : request.target)
            prepare(request)
            // Waits for a connection that is being made, in case that it can be shared.
            set(CURLOPT_PIPEWAIT, order.mayShareConnection)
        case .resolve:
            set(CURLOPT_URL, origin.url)
            set(CURLOPT_CONNECT_ONLY, true)
        case .connect(let isSecured):
            set(
                CURLOPT_URL,
                isSecured ? origin.url : HTTPOrigin(scheme: "http", host: origin.host, port: origin.port).url)
            set(CURLOPT_HTTPPROXYTUNNEL, !isForwarded)
            set(CURLOPT_CONNECT_ONLY, true)
        }
    }

    private func prepare(_ request: ExchangeOrder.Request) {
        // GET first, as it takes back what another method had set.
        set(CURLOPT_HTTPGET, true)
        if request.method == "HEAD" {
            set(CURLOPT_NOBODY, true)
        } else if request.sendsBody {
            set(CURLOPT_UPLOAD, true)
            set(CURLOPT_INFILESIZE_LARGE, offset: request.body.length ?? -1)
        }
        set(CURLOPT_CUSTOMREQUEST, request.method)
        set(CURLOPT_FRESH_CONNECT, !request.mayBeRepeated)
        set(
            CURLOPT_HTTP_VERSION,
            request.usesHTTP2 ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1)
        set(fields: request.fieldList)
    }
}

extension ExchangeOrder.Request {
    /// Whether a body is announced, be it of 0 bytes (RFC 9110, section 8.6).
    var sendsBody: Bool {
        body.length != 0 || method == "PUT" || method == "POST" || method == "PATCH"
    }

    /// The fields as libcurl takes them, without those that it must make itself.
    fileprivate var fieldList: FieldList {
        var list = FieldList()
        var line: [UInt8] = []
        for field in fields where !Self.fieldsOfLibcurl.contains(field.name) {
            line.removeAll(keepingCapacity: true)
            line += field.name.rawName.utf8
            field.withUnsafeBytesOfValue { value in
                // Without a value libcurl would take the field away; with “;” it sends it empty.
                if value.isEmpty {
                    line.append(UInt8(ascii: ";"))
                } else {
                    line += ": ".utf8
                    line += value
                }
            }
            line.append(0)
            line.withUnsafeBytes { bytes in
                if let text = bytes.baseAddress { list.append(text.assumingMemoryBound(to: CChar.self)) }
            }
        }
        // Not to be sent: half a second's wait before each body, and a taste that the caller has not.
        list.append("Expect:")
        if !fields.contains(.accept) { list.append("Accept:") }
        return list
    }

    private static let fieldsOfLibcurl: Set<HTTPField.Name> = [
        .contentLength, .transferEncoding, .expect, .connection,
    ]
}

extension Duration {
    fileprivate var wholeMilliseconds: Int { Int(clamping: Int64(self / .milliseconds(1))) }
}
