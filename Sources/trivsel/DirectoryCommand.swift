import ArgumentParser
import Host
import ModuleKit

struct DirectoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "directory", abstract: "Units, people and their roles, as the institution has them.",
        subcommands: [Import.self])

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take people, roles, units and campuses from CSV files: all of it, or nothing.",
            discussion: """
                Each file is UTF-8 with a header row; the columns may stand in any order, those in brackets be left out.
                  people:       external_id, name, affiliation (student, employee, external), [username, email, unit, campus, language]
                  memberships:  external_id, role, unit, [from, to]     first and last day
                  units:        id, kind, short, name_nb, name_nn, name_en, [parent]
                  campuses:     id, name_nb, name_nn, name_en
                Run again it changes nothing.
                """)
        @Argument(help: "The file of people.") var people: String?
        @Option(help: "The file of roles.") var memberships: String?
        @Option(help: "The file of units.") var units: String?
        @Option(help: "The file of campuses.") var campuses: String?
        @Flag(help: "Say what would be done, and do nothing.") var dryRun = false
        @Flag(
            help:
                "Whom the file does not have any more has left; roles that a sync gave and the file does not have, end."
        )
        var endMissing = false
        @Flag(help: "Do it although more than a fifth of the people would leave, or something would lie with nobody.")
        var yes = false

        func validate() throws {
            guard [people, memberships, units, campuses].contains(where: { $0 != nil }) else {
                throw ValidationError("name at least one file")
            }
        }

        func run() async throws {
            let base = try await Bootstrap.foundations()
            let report = try await base.closing {
                do {
                    return try await DirectoryImport(base).run(
                        .init(people: people, memberships: memberships, units: units, campuses: campuses),
                        .init(endsMissing: endMissing, isSure: yes, isDryRun: dryRun))
                } catch let refused as SyncRefused {
                    for one in refused.refusals { Bootstrap.say("\(one.file):\(one.line): \(one.reason)") }
                    throw StartFailure("nothing was taken: \(refused.refusals.count) lines are wrong")
                } catch let doubted as SyncDoubted {
                    for reason in doubted.reasons { Bootstrap.say(reason) }
                    throw StartFailure("nothing was taken; if it is meant so, say --yes")
                }
            }
            for line in report.lines { print(line) }
            if dryRun { print("Nothing was changed.") }
        }
    }
}
