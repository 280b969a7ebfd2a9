import Foundation
import NIOCore
import NIOPosix
import Testing
import TrivselTesting

@testable import Attachments

/// With a real clamd and a list of one signature.
@Suite(.timeLimit(.minutes(5)))
struct VirusScannerTests {
    @Test func `clamd finds what is on its list, and nothing in other files`() async throws {
        try await Clamd.run { socket in
            let clamd = ClamdAddress.unix(path: socket)
            try await Bed.lay(clamd: clamd) { bed in
                let found = try await bed.refusal("notat.txt", Clamd.eicar)
                let left = try await bed.storedParts
                #expect(found == .virus && left == 0)
                #expect(try await bed.refusal("notat.txt", Array("ren tekst".utf8)) == nil)
                let large = [UInt8](repeating: 97, count: 5 << 20)
                #expect(try await bed.refusal("stor.txt", large) == nil)
                #expect(try await bed.refusal("skjult.txt", large + [10] + Clamd.eicar) == .virus)
            }
        }
    }

    @Test func `a file that is larger than clamd reads is not taken unsearched`() async throws {
        try await Clamd.run("StreamMaxLength 1M") { socket in
            let clamd = ClamdAddress.unix(path: socket)
            try await Bed.lay(clamd: clamd) { bed in
                let large = [UInt8](repeating: 97, count: 3 << 20)
                let refusal = try await bed.refusal("stor.txt", large)
                #expect(refusal == .scannerAway)
            }
        }
    }

    @Test(arguments: ["unix:/nowhere/clamd.ctl", "tcp://127.0.0.1:1"])
    func `with nobody there files are refused until later`(address: String) async throws {
        let clamd = try #require(ClamdAddress(address))
        try await Bed.lay(clamd: clamd) { bed in
            let refusal = try await bed.refusal("notat.txt", Array("tekst".utf8))
            let left = try await bed.storedParts
            #expect(refusal == .scannerAway && left == 0)
        }
    }

    @Test func `a clamd that takes a file and never answers is not waited for for ever`() async throws {
        let silent = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(silent.localAddress?.port)
        let scanner = VirusScanner(address: .tcp(host: "127.0.0.1", port: port), limit: .milliseconds(300))
        #expect(await scanner.scan(Pieces(Array("tekst".utf8))) == .away)
        try await silent.close()
    }

    @Test(arguments: ["", "clamd", "unix:", "unix:clamd", "tcp://host", "tcp://:3310", "tcp://host:0", "tcp://host:x"])
    func `an address that cannot be meant is none`(text: String) { #expect(ClamdAddress(text) == nil) }

    @Test func `an address is a socket's path, or host and port`() {
        #expect(ClamdAddress("unix:/run/clamav/clamd.ctl") == .unix(path: "/run/clamav/clamd.ctl"))
        #expect(ClamdAddress("tcp://[::1]:3310") == .tcp(host: "::1", port: 3310))
    }
}
