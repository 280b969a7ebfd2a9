import Foundation
import Logging
import ModuleKit
import NIOCore
import NIOSSL
import Synchronization

/// The certificate by which browsers know this host, with its key, read from PEM files. Connections that are open keep the one they began with.
final class ServerCertificate: Sendable {
    /// Where it is: the certificate first, then those that vouch for it.
    struct Files: Sendable {
        let certificate, key: String
    }

    private struct Pair: Sendable {
        let chain: [NIOSSLCertificate]
        let key: NIOSSLPrivateKey

        var configuration: TLSConfiguration {
            var made = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
            made.minimumTLSVersion = .tlsv12
            made.cipherSuiteValues = ServerCertificate.ciphers
            made.applicationProtocols = ["http/1.1"]
            return made
        }
    }

    /// Those of TLS 1.2 whose keys are forgotten after the connection and which notice changes; 1.3 has only such.
    private static let ciphers: [NIOTLSCipher] = [
        .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, .TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, .TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    ]

    private let files: Files
    private let current: Mutex<Pair>

    /// - Throws: `StartFailure`, one line.
    init(_ files: Files) throws {
        self.files = files
        current = Mutex(try Self.read(files))
    }

    /// Takes what the files hold now for the connections to come.
    ///
    /// - Throws: as `init`; then what was read before stays.
    func readAnew() throws {
        let pair = try Self.read(files)
        current.withLock { $0 = pair }
    }

    /// What a server is made with, once; each handshake asks for the certificate of the moment.
    var configuration: TLSConfiguration {
        var made = current.withLock(\.self).configuration
        made.sslContextCallback = { [self] _, promise in
            let pair = current.withLock(\.self)
            var change = NIOSSLContextConfigurationOverride()
            change.certificateChain = pair.chain.map { .certificate($0) }
            change.privateKey = .privateKey(pair.key)
            promise.succeed(change)
        }
        return made
    }

    private static func read(_ files: Files) throws -> Pair {
        let mode = try? FileManager.default.attributesOfItem(atPath: files.key)[.posixPermissions] as? NSNumber
        if let mode, mode.intValue & 0o007 != 0 {
            throw StartFailure("\(files.key) can be read by others; run `chmod o= \(files.key)`")
        }
        do {
            let pair = Pair(
                chain: try NIOSSLCertificate.fromPEMFile(files.certificate),
                key: try NIOSSLPrivateKey(file: files.key, format: .pem))
            // Finds a key that is not the certificate's.
            _ = try NIOSSLContext(configuration: pair.configuration)
            return pair
        } catch {
            throw StartFailure(
                "\(files.certificate) and \(files.key) are no certificate with its key, both in PEM; set http.tls.certificateFile and http.tls.keyFile"
            )
        }
    }
}

extension ServerCertificate {
    /// Reads the files again; if they are wrong, the one that was read before stays.
    func renew(_ logger: Logger) {
        do {
            try readAnew()
            logger.info("certificate read anew")
        } catch {
            logger.error("the certificate was not taken over", metadata: ["error": "\(error)"])
        }
    }
}
