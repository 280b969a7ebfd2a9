import Testing
import WebhookKit

/// Where webhooks may be sent: every spelling of an inside address is refused.
struct AddressTests {
    private func fault(_ text: String, _ policy: AddressPolicy = AddressPolicy()) -> ReceiverAddress.Fault? {
        do {
            _ = try ReceiverAddress(text, policy)
            return nil
        } catch { return error }
    }

    @Test(arguments: [
        "10.0.0.1", "10.255.255.255", "127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "100.64.0.1",
        "100.127.255.255",
        "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
        "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:8.8.8.8]",
        "[::127.0.0.1]",
        "[::10.0.0.1]", "[fe80::1]", "[fe81::1]", "[febf::1]", "[fec0::1]", "[fc00::1]", "[fd12:3456::1]", "[ff02::1]",
        "[2001:db8::1]", "[2001:0:53aa:64c::1]", "[2001:2::1]", "[2002:7f00:1::]", "[2002:a00:1::1]",
        "[64:ff9b::127.0.0.1]",
        "[64:ff9b::7f00:1]", "[64:ff9b:1::a00:1]", "[100::1]", "[3fff::1]", "[5f00::1]", "[::ffff:0:127.0.0.1]",
    ])
    func `an inside number is refused`(_ host: String) {
        #expect(fault("https://\(host)/hook") == .inside)
        #expect(fault("https://\(host):8443") == .inside)
    }

    @Test(arguments: [
        "2130706433", "0x7f000001", "0x7F.1", "017700000001", "0177.0.0.1", "127.1", "127.0.1", "127.0.0.01",
        "0x7f.0x0.0x0.0x1",
        "127.0.0.1.", "localhost.", "a..b", ".a", "256.1.1.1", "1.2.3.4.5", "[::1%25lo]", "[fe80::1%eth0]", "[::1",
        "[127.0.0.1]",
        "[]", "", "%31%32%37.0.0.1", "a%2eb", "-a.no", "a-.no", "a_b.no", "a,b", "0", "1", "*.no", "127.0.0.1%20",
        "a.0x1",
    ])
    func `an odd spelling of a host is refused, not understood`(_ host: String) {
        #expect(fault("https://\(host)/hook") == .host)
    }

    @Test(arguments: [
        "ftp://a.no", "file:///etc/passwd", "gopher://127.0.0.1", "//a.no", "a.no", "https:/a.no", "https:a.no",
        "HTTPS://a.no",
        "javascript:1", "", "https://a.no/ b", "https://a.no\t", "https://a.no/#x", "https://a.no\\@10.0.0.1",
        "https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "https://blåbær.no", "https://127。0。0。1", "https://a.no\n", "https://a.no/\u{0}",
        "https://a.no/" + String(repeating: "x", count: 500),
    ])
    func `what is no address is refused`(_ text: String) { #expect(fault(text) == .malformed) }

    @Test(arguments: ["https://u@a.no", "https://u:p@a.no", "https://8.8.8.8@10.0.0.1", "https://@a.no"])
    func `a name before the host is refused`(_ text: String) { #expect(fault(text) == .user) }

    @Test(arguments: ["0", "65536", "", "http", "99999", "123456", "-1", "1:2", "80a"])
    func `an impossible port is refused`(_ port: String) { #expect(fault("https://a.no:\(port)/x") == .port) }

    @Test func `https only, unless the operator allows more`() throws {
        #expect(fault("http://a.no") == .unsafe)
        #expect(try ReceiverAddress("http://a.no", AddressPolicy(allowsHTTP: true)).port == 80)
    }

    @Test(arguments: [
        ("https://a.no", "a.no", 443), ("https://A.no:8443/x?y=1@2", "a.no", 8443),
        ("https://xn--blbr-ioaj.no/", "xn--blbr-ioaj.no", 443),
        ("https://8.8.8.8/x", "8.8.8.8", 443), ("https://[2a00:1450::1]:444", "2a00:1450::1", 444),
        ("https://intern", "intern", 443),
        ("https://1a.2b-3c.no?x", "1a.2b-3c.no", 443),
    ])
    func `an ordinary address is read as it stands`(_ text: String, _ host: String, _ port: Int) throws {
        let address = try ReceiverAddress(text, AddressPolicy())
        #expect(address.text == text && address.host == host && address.port == port)
        #expect((address.number != nil) == (host == "8.8.8.8" || host.contains(":")))
    }

    @Test func `one inside number among those of a host makes it refused`() throws {
        let address = try ReceiverAddress("https://a.no", AddressPolicy())
        let (outside, inside) = (try #require(IPAddress("8.8.8.8")), try #require(IPAddress("::1")))
        #expect(try address.numbers(AddressPolicy()) { _ in [outside] } == [outside])
        #expect(throws: ReceiverAddress.Fault.inside) {
            try address.numbers(AddressPolicy()) { _ in [outside, inside] }
        }
        #expect(throws: ReceiverAddress.Fault.unknown) { try address.numbers(AddressPolicy()) { _ in [] } }
    }

    @Test func `a name of this machine is found to be inside`() throws {
        let address = try ReceiverAddress("https://localhost", AddressPolicy())
        #expect(throws: ReceiverAddress.Fault.inside) { try address.numbers(AddressPolicy()) }
        let nobody = try ReceiverAddress("https://nobody.invalid", AddressPolicy())
        #expect(throws: ReceiverAddress.Fault.unknown) { try nobody.numbers(AddressPolicy()) }
    }

    @Test func `what the operator allows is permitted, and nothing beside it`() throws {
        let policy = AddressPolicy(
            allowed: ["10.1.0.0/16", "192.168.7.9", "fd00::/8", "10.2.3.0/25"].compactMap(Network.init))
        for host in ["10.1.2.3", "192.168.7.9", "[fd99::1]", "10.2.3.127"] {
            #expect(fault("https://\(host)", policy) == nil)
        }
        for host in ["10.2.0.1", "192.168.7.8", "[fe80::1]", "10.2.3.128", "[::ffff:10.1.2.3]", "127.0.0.1"] {
            #expect(fault("https://\(host)", policy) == .inside)
        }
    }

    @Test(arguments: ["10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8", "a/8", "", "/", "10.0.0.0/8/8", "::/129", "10.0.0.0/"])
    func `what is no network is none`(_ text: String) { #expect(Network(text) == nil) }
}
