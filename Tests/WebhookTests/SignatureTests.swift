import Foundation
import Testing
import WebhookKit

/// Standard Webhooks signatures. That PyPI's `standardwebhooks` accepts them is tested in Tests/Browser.
struct SignatureTests {
    @Test func `the published test vector comes out`() throws {
        let secret = try #require(WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let signature = secret.signature(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", seconds: 1_614_265_330, body: #"{"test": 2432232314}"#)
        #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test func `a new secret has 32 bytes, is another each time, and reads back`() throws {
        let (a, b) = (WebhookSecret.make(), WebhookSecret.make())
        #expect(a != b && a.text != b.text)
        #expect(a.text.hasPrefix("whsec_") && Data(base64Encoded: String(a.text.dropFirst(6)))?.count == 32)
        #expect(WebhookSecret(a.text) == a)
    }

    @Test(arguments: [23, 65, 0])
    func `a secret that is too short or too long is none`(_ count: Int) {
        #expect(WebhookSecret("whsec_" + Data(repeating: 7, count: count).base64EncodedString()) == nil)
    }

    @Test(arguments: [24, 64])
    func `24 to 64 bytes are a secret`(_ count: Int) {
        let text = Data(repeating: 7, count: count).base64EncodedString()
        #expect(WebhookSecret("whsec_" + text) != nil && WebhookSecret(text) == nil)
    }

    @Test func `nothing of a secret is said by its descriptions`() {
        let secret = WebhookSecret.make()
        var dumped = ""
        dump(secret, to: &dumped)
        #expect("\(secret) \(dumped)" == "a webhook's secret - a webhook's secret\n")
    }

    @Test func `a request has a signature for each secret, and another one for each id, time and body`() {
        let secrets = [WebhookSecret.make(), WebhookSecret.make()]
        let request = WebhookRequest(url: "https://a.example", id: "1", seconds: 2, body: "{}", secrets: secrets)
        #expect(
            request.signature == secrets.map { $0.signature(id: "1", seconds: 2, body: "{}") }.joined(separator: " "))
        let others = [("2", 2, "{}"), ("1", 3, "{}"), ("1", 2, "{} ")].map {
            secrets[0].signature(id: $0.0, seconds: Int64($0.1), body: $0.2)
        }
        #expect(Set(others + [secrets[0].signature(id: "1", seconds: 2, body: "{}")]).count == 4)
    }
}
