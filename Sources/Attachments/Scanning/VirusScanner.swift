import NIOCore
import NIOPosix

/// Has content searched by clamd (`man clamd`, INSTREAM).
struct VirusScanner: Sendable {
    enum Verdict: Sendable, Hashable {
        case clean, infected
        /// No answer, or none that we know.
        case away
    }

    let address: ClamdAddress
    /// How long one file may take.
    var limit: Duration = .seconds(60)

    func scan<Content: AsyncSequence & Sendable>(_ content: Content) async -> Verdict where Content.Element == [UInt8] {
        await withTaskGroup(of: Verdict.self) { tasks in
            tasks.addTask { (try? await ask(content)) ?? .away }
            tasks.addTask {
                try? await Task.sleep(for: limit)
                return .away
            }
            let first = await tasks.next() ?? .away
            tasks.cancelAll()
            return first
        }
    }

    private func ask<Content: AsyncSequence & Sendable>(_ content: Content) async throws -> Verdict
    where Content.Element == [UInt8] {
        try await connect().executeThenClose { answers, line in
            try await line.write(ByteBuffer(string: "zINSTREAM\0"))
            // Each piece after its length; a piece of nothing ends it.
            for try await piece in content where !piece.isEmpty {
                var buffer = ByteBuffer(integer: UInt32(piece.count))
                buffer.writeBytes(piece)
                try await line.write(buffer)
            }
            try await line.write(ByteBuffer(integer: UInt32(0)))
            var answer = ""
            for try await part in answers {
                answer += String(buffer: part)
                if answer.hasSuffix("\0") || answer.utf8.count > 1000 { break }
            }
            return Self.verdict(answer)
        }
    }

    /// `stream: OK`, `stream: <name> FOUND`, or an error.
    private static func verdict(_ answer: String) -> Verdict {
        let answer = answer.filter { $0 != "\0" && !$0.isNewline }
        return answer == "stream: OK" ? .clean : answer.hasSuffix(" FOUND") ? .infected : .away
    }

    private func connect() async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        let door = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup).connectTimeout(.seconds(5))
        let opened = { @Sendable (channel: any Channel) in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
            }
        }
        return switch address {
        case .unix(let path): try await door.connect(unixDomainSocketPath: path, channelInitializer: opened)
        case .tcp(let host, let port): try await door.connect(host: host, port: port, channelInitializer: opened)
        }
    }
}
