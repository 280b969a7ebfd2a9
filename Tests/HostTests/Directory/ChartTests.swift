import EventKit
import ModuleKit
import Storage
import Testing
import TrivselTesting

@Suite struct ChartTests {
    @Test(arguments: Engine.all)
    func `a chart read while roles are given holds all that its version counts`(engine: Engine) async throws {
        try await TestDatabase.with(engine, Directory.migrations) { database in
            try await database.write { tx in
                for (index, unit) in ToyChart.units.enumerated() { try Directory.put(unit, sort: index, in: tx) }
                try Directory.put(ToyChart.person("a", at: "fac"), in: tx)
            }
            let first = try await Directory(database: database).chart.version
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask {
                    for number in 1...100 {
                        let from = Timestamp(milliseconds: Int64(number))
                        let grant = RoleGrant(person: "a", role: .lmuMember, unit: "fac", from: from, to: nil)
                        try await database.write { try Directory.put(grant, in: $0) }
                    }
                }
                tasks.addTask {
                    var seen = first
                    while seen < first + 100 {
                        let chart = try await Directory(database: database).chart
                        #expect(Int64(chart.grants(of: "a", at: ToyChart.now).count) >= chart.version - first)
                        seen = chart.version
                    }
                }
                try await tasks.waitForAll()
            }
        }
    }
}
