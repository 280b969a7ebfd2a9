import Glibc
import Logging
import Subprocess

/// Decodes an image and encodes it anew as a small WebP picture, in a process of its own with little memory, little time, and no
/// file to write to. Nothing of the original is left in it but how it looks.
struct PreviewMaker: Sendable {
    /// Bytes of memory of its own; with the libraries' it stays below 256 MiB.
    static let memory = 200 << 20
    /// The longest side, in pixels.
    static let side = 1200
    private static let sizeLimit = 1 << 20

    /// Two at a time: an upload of many pictures must not take all memory there is.
    private static let turns = Turns(2)
    // A process that ends early must not end us.
    private static let ignoresBrokenPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()

    let logger: Logger

    /// The preview; nil when none can be made.
    func preview<Content: AsyncSequence & Sendable>(of content: Content) async -> [UInt8]?
    where Content.Element == [UInt8] {
        await Self.turns.take()
        let preview = try? await make(content)
        await Self.turns.give()
        guard let picture = preview.flatMap(WebPPicture.pixelsAlone) else {
            logger.info("no preview could be made of an image")
            return nil
        }
        return picture
    }

    private func make<Content: AsyncSequence & Sendable>(_ content: Content) async throws -> [UInt8]?
    where Content.Element == [UInt8] {
        _ = Self.ignoresBrokenPipes
        let result = try await run(
            .name("timeout"), arguments: Arguments(Self.command), environment: .custom(Self.environment),
            input: .inputWriter, output: .bytes(limit: Self.sizeLimit), error: .discarded
        ) { process in
            // It may have seen enough, or have failed, before all is written.
            do {
                for try await part in content { _ = try await process.standardInputWriter.write(part) }
            } catch is SubprocessError {}
            try await process.standardInputWriter.finish()
        }
        return result.terminationStatus.isSuccess ? result.standardOutput : nil
    }

    static let command = [
        "--kill-after=1", "20",
        "prlimit", "--data=\(memory)", "--cpu=10", "--fsize=0", "--nofile=64", "--core=0", "--stack=\(1 << 20)",
        // No machine code made as it runs: that wants a file that can be written to.
        "vipsthumbnail", "--vips-novector", "stdin", "--size=\(side)x\(side)>", "--export-profile=srgb",
        "--output=.webp[strip,Q=80]",
    ]

    private static let environment: [Environment.Key: String] = [
        "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent", "ORC_CODE": "backup",
        // Only decoders that libvips itself trusts with strangers' files.
        "VIPS_BLOCK_UNTRUSTED": "1", "VIPS_CONCURRENCY": "1", "MALLOC_ARENA_MAX": "1",
    ]
}

/// Lets so many in at a time, in the order they came.
private actor Turns {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ free: Int) { self.free = free }

    func take() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    func give() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
