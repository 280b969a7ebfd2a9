import ArgumentParser
import Host

struct Audit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The audit trail: who has looked at cases and decided on them.", subcommands: [Verify.self])

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read the whole chain and find the first line that was changed, removed or put in.",
            discussion: """
                The last lines can only be missed by who has kept an anchor elsewhere: give its hash, from the host's log or the event \
                host.audit-anchored.v1. Ends with 1 when something is wrong.
                """)
        @Option(help: "The hash of an anchor that was kept elsewhere: it must be in the chain.") var anchor: String?

        func validate() throws {
            if let anchor, anchor.count != 64 || !anchor.allSatisfy(\.isHexDigit) {
                throw ValidationError("--anchor takes the 64 hexadecimal digits of a hash")
            }
        }

        func run() async throws {
            let base = try await Bootstrap.foundations()
            let report = try await AuditVerification(database: base.database).run(anchor: anchor?.lowercased()) {
                if $0.isMultiple(of: 20_000) || $0 == $1 { Bootstrap.show("\($0) of \($1) lines", last: false) }
            }
            await base.close()
            Bootstrap.show("", last: false)
            if let fault = report.fault { throw StartFailure(said(fault, report.lines)) }
            if let anchor, report.isAnchorMissing {
                throw StartFailure(
                    "no line of the chain has the hash \(anchor): the chain was written anew, or the anchor is older than the lines that are kept"
                )
            }
            guard let first = report.first, let last = report.last else { return print("The chain has no lines yet.") }
            print(
                "\(report.lines) lines from \(first) to \(last) follow each other. The last one's hash is \(report.hash)."
            )
        }

        private func said(_ fault: AuditBreak, _ lines: Int) -> String {
            let what =
                switch fault.kind {
                case .changed: "was changed, or another one stands in its place"
                case .removed: "was removed"
                case .inserted: "has one put in before it, or at its place"
                case .unanchored: "is not the one that was anchored"
                }
            return "line \(fault.position) of the audit trail \(what); \(lines) lines before it follow each other"
        }
    }
}
