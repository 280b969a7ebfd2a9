import CalendarKit
import DeviationsCore
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage

/// References to HSE deviations that touch students are brought in as a table: all rows, or those that are right if so told (D24).
struct HSEPages: Sendable {
    static let path = "/deviations/hse"

    let host: HostServices
    /// Days after such a time at which it is counted.
    let countAfterDays: Int

    /// What came of a table.
    struct Result: Sendable {
        var outcomes: [HSEStore.Outcome] = []
        var faults: [HSETable.Fault] = []
        /// Whether the rows that are right are stored.
        var isStored = false
        /// What was sent, by its line.
        var drafts: [Int: HSEDraft] = [:]

        func count(_ outcome: HSEStore.Outcome) -> Int { outcomes.filter { $0 == outcome }.count }

        /// Once the others are taken, the lines that are not right stand right below the first.
        mutating func renumber() {
            let old = Set(faults.map(\.line)).sorted()
            let new = Dictionary(old.enumerated().map { ($0.element, $0.offset + 2) }) { first, _ in first }
            faults = faults.map { HSETable.Fault(line: new[$0.line] ?? $0.line, problem: $0.problem) }
            drafts = Dictionary(old.compactMap { line in new[line].flatMap { n in drafts[line].map { (n, $0) } } }) {
                first, _ in first
            }
        }
    }

    func mount(on routes: ModuleRoutes) {
        routes.pages.get("hse") { request, context in
            let (visit, viewer) = try SetupPage.visitor(context, DeviationsRights.registerHSE)
            return try await page(FormData(), nil, viewer, visit, isRemoved: request.isDone)
        }
        routes.pages.post("hse") { request, context in try await take(request, context) }
        HSERemoval(host: host) { try await page($0, nil, $1, $2) }.mount(on: routes)
    }

    private func page(
        _ form: FormData, _ result: Result?, _ viewer: Viewer, _ visit: Visit, isRemoved: Bool = false
    ) async throws -> Response {
        let units = HSEChoices(viewer, visit).units
        let (total, found) = try await host.database.read { reader in
            let found =
                form["version"].isEmpty ? nil : try HSEStore.load(form["reference"].trimmingSpaces(), in: reader)
            return (try HSEStore.total(of: units, in: reader), found.map(\.deviation))
        }
        return HSEView(
            form: form, result: result, total: total, units: units, countAfterDays: countAfterDays, visit: visit,
            found: found.flatMap { units.contains($0.unit) ? $0 : nil }, isRemoved: isRemoved
        ).response
    }

    private func take(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = try SetupPage.visitor(context, DeviationsRights.registerHSE)
        var form = try await context.form(request)
        guard form.errors.isEmpty else { return try await page(form, nil, viewer, visit) }
        let text = HSETexts[visit.language]
        do {
            let table = try HSETable(form["rows"])
            var result = try await host.database.write { [form] tx in
                try store(table, onlyRight: form["onlyRight"] == "yes", viewer, visit, in: tx)
            }
            if !result.faults.isEmpty, !result.isStored {
                form.errors = [FieldError("faults", text.wrong(Set(result.faults.map(\.line)).count))]
            } else {
                form["rows"] = Self.kept(form["rows"], result.faults)
                result.renumber()
                form["onlyRight"] = ""
            }
            return try await page(form, result, viewer, visit)
        } catch HSETableError.empty {
            form.errors = [FieldError("rows", text.empty)]
        } catch HSETableError.tooMany(let limit) {
            form.errors = [FieldError("rows", text.tooMany(limit))]
        } catch HSETableError.columns(let columns) {
            form.errors = [FieldError("rows", text.columnsMissing(columns.map(\.rawValue).joined(separator: ", ")))]
        } catch is DeviationStoreError {
            form.errors = [FieldError("", ModuleKit.Problem.stale(visit.language).detail)]
        }
        return try await page(form, nil, viewer, visit)
    }

    /// Stores all rows, or with `onlyRight` those that are right; nothing when some are not and it was not asked for.
    private func store(
        _ table: HSETable, onlyRight: Bool, _ viewer: Viewer, _ visit: Visit, in tx: Transaction
    ) throws -> Result {
        let choices = HSEChoices(viewer, visit)
        var (right, faults) = table.checked(choices, today: Oslo.date(at: visit.now))
        // One that stands there for a unit the viewer may not register for is not theirs to change.
        let others = try right.filter { deviation in
            try HSEStore.load(deviation.reference, in: tx).map { !choices.units.contains($0.deviation.unit) } ?? false
        }
        let drafts = Dictionary(table.rows.map { ($0.line, $0.draft) }) { first, _ in first }
        let lines = Dictionary(table.rows.map { ($0.draft.reference, $0.line) }) { first, _ in first }
        faults += others.compactMap { other in
            lines[other.reference].map { HSETable.Fault(line: $0, problem: FieldProblem(.reference, .taken)) }
        }
        right.removeAll { others.contains($0) }
        var result = Result(faults: faults.sorted { $0.line < $1.line }, drafts: drafts)
        guard faults.isEmpty || onlyRight else { return result }
        result.isStored = true
        for deviation in right {
            result.outcomes.append(try HSEStore.put(deviation, by: viewer.person.id, at: visit.now, in: tx))
        }
        return result
    }

    /// The first line and those that were not right; nothing when all were.
    private static func kept(_ text: String, _ faults: [HSETable.Fault]) -> String {
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        guard !faults.isEmpty, let head = lines.first(where: { !$0.allSatisfy(\.isWhitespace) }) else { return "" }
        let wrong = Set(faults.map(\.line)).sorted().filter { lines.indices.contains($0 - 1) }.map { lines[$0 - 1] }
        return ([head] + wrong).joined(separator: "\n")
    }
}

extension HSEChoices {
    /// The units for which the viewer may register, and the campuses there are.
    init(_ viewer: Viewer, _ visit: Visit) {
        self.init(
            units: visit.access.scope(of: viewer, DeviationsRights.registerHSE).units.intersection(
                visit.access.chart.reportableUnits),
            campuses: Set(visit.access.chart.campuses.map(\.id)))
    }
}
