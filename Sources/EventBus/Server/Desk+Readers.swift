import EventKit
import Storage

extension Desk {
    /// `reader.open {name, member, types, from?}` → `{epoch, head, fence, share, partitions: [{partition, position}]}`,
    /// `reader.commit {name, fence, partitions, position}` and `reader.release {name, fence, partitions?}` → `{ok}`.
    func durable(_ request: DeskRequest, for key: ClientKey) async throws -> DeskAnswer {
        guard let name = request.name, (1...60).contains(name.utf8.count) else {
            throw BusError(.badRequest, "\(request.op) needs a name of at most 60 bytes")
        }
        guard key.readers.contains(name) else { throw BusError(.denied, "the key does not cover this reader") }
        if request.op == "reader.open" {
            guard let member = request.member, (1...60).contains(member.utf8.count) else {
                throw BusError(.badRequest, "reader.open needs a member of at most 60 bytes")
            }
            let types = try patterns(request, for: key)
            let holding = try await readers.open(name, member: member, types: types, from: max(request.from ?? 0, 0))
            return DeskAnswer(body: Reply.encode(holding))
        }
        guard let fence = request.fence else { throw BusError(.badRequest, "\(request.op) needs a fence") }
        if let partitions = request.partitions {
            guard !partitions.isEmpty, Set(partitions).count == partitions.count,
                partitions.count <= DurableReaders.partitions
            else { throw BusError(.badRequest, "partitions are 1 to 64 different numbers") }
        }
        if request.op == "reader.release" {
            try await readers.release(name, fence: fence, partitions: request.partitions)
        } else {
            guard let partitions = request.partitions, let position = request.position, position >= 0 else {
                throw BusError(.badRequest, "reader.commit needs partitions and position")
            }
            try await readers.commit(name, fence: fence, partitions: partitions, position: position)
        }
        return DeskAnswer(body: Reply.encode(Reply.Accepted()))
    }
}
