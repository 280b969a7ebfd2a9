import CalendarKit
import DeviationsContract
import DeviationsCore
import EventKit
import ModuleKit
import Storage
import Vault

/// When the other side has what was given.
extension ReRegistrations {
    /// What the other side has taken, the deviation no longer holds. Called once for each, in the transaction that ends the hand-over.
    ///
    /// Reports that leave together go together, when the last one was taken.
    func completed(_ handover: String, at now: Timestamp, in tx: Transaction) throws {
        // An escalation leaves nothing to be done.
        guard let taken = try DeviationStore.leaving("handover = \(handover)", in: tx) else { return }
        let main = try DeviationStore.mainKey(of: taken.caseKey, in: tx)
        // Two hosts that are told of two of them wait for each other here.
        guard let plain = try DeviationStore.plain("id = \(main)", in: tx) else { return }
        try DeviationStore.noteTaken(handover, in: tx)
        let leaving = try DeviationStore.leaving(with: main, in: tx)
        guard leaving.allSatisfy(\.isTaken) else { return }
        for report in leaving where report.caseKey != main {
            try letGo(report, ofCase: plain.facts.id, at: now, in: tx)
        }
        if let own = leaving.first(where: { $0.caseKey == main }) { try letGo(own, plain, at: now, in: tx) }
    }

    private func letGo(_ leaving: LeavingCase, _ plain: PlainCase, at now: Timestamp, in tx: Transaction) throws {
        try DeviationStore.removeLeaving(plain.key, in: tx)
        guard let old = plain.keyID else { return try leaving.letGo(host.vault, in: tx) }
        if let remainder = leaving.remainder {
            try remainder.replace(inCase: plain.key, old, host.vault, in: tx)
            try leaveRemainder(plain, leaving, at: now, in: tx)
        } else {
            try empty(plain, old, at: now, in: tx)
            var facts = plain.facts
            facts.status = Status.rejected.rawValue
            // The same as every rejection says.
            let event = DeviationRejected(deviation: facts)
            try note(event, plain, leaving, at: now, in: tx)
            try tx.append(Event(event, subject: facts.id, at: now))
        }
        try cases.forget(plain.facts.id, in: tx)
        try bidFarewell(plain, leaving, at: now, in: tx)
    }

    /// A report that went with its case. As when a case is rejected, the case's own event stands for it.
    private func letGo(_ leaving: LeavingCase, ofCase main: String, at now: Timestamp, in tx: Transaction) throws {
        try DeviationStore.removeLeaving(leaving.caseKey, in: tx)
        guard let plain = try DeviationStore.plain("id = \(leaving.caseKey)", in: tx), let old = plain.keyID else {
            // Its reporter has withdrawn it on the way.
            return try leaving.letGo(host.vault, in: tx)
        }
        try empty(plain, old, at: now, in: tx)
        try DeviationStore.countOut(of: main, in: tx)
        try cases.forget(plain.facts.id, in: tx)
        try bidFarewell(plain, leaving, at: now, in: tx)
    }

    private func empty(_ plain: PlainCase, _ old: CaseKey.ID, at now: Timestamp, in tx: Transaction) throws {
        try DeviationStore.empty(plain.key, at: now, in: tx)
        try host.vault.destroy(old, in: tx)
        try Idempotency.forget(plain.facts.id, in: tx)
    }

    private func bidFarewell(_ plain: PlainCase, _ leaving: LeavingCase, at now: Timestamp, in tx: Transaction) throws {
        guard let farewell = leaving.farewell else { return }
        if plain.reporter == Deviation.nobody { return try host.vault.destroy(farewell.key, in: tx) }
        try DeviationStore.insert(farewell, until: Oslo.date(at: now).adding(days: farewellDays), in: tx)
        try tell(plain, isPart: leaving.remainder != nil, farewell, in: tx)
    }

    /// The rest is a deviation like any other, assessed by the officer who parted it.
    private func leaveRemainder(_ plain: PlainCase, _ leaving: LeavingCase, at now: Timestamp, in tx: Transaction)
        throws
    {
        try DeviationStore.lock(plain.key, to: nil, in: tx)
        guard plain.facts.status == Status.received.rawValue else { return }
        try DeviationStore.setTriage(
            plain.key, Triage(isDeviation: true, holdsSensitiveData: leaving.holdsSensitiveData, isCensurable: false),
            by: plain.lockedTo ?? Deviation.nobody, at: now, in: tx)
        let event = DeviationTriaged(deviation: plain.facts)
        try note(event, plain, leaving, at: now, in: tx)
        try tx.append(Event(event, subject: plain.facts.id, at: now))
    }

    /// It is the officer's decision, and lies in the audit trail as if it had been made now.
    private func note(
        _ event: some EventPayload, _ plain: PlainCase, _ leaving: LeavingCase, at now: Timestamp, in tx: Transaction
    ) throws {
        try cases.audit.note(
            AuditEntry(
                .decision, CaseVault.act(of: event), of: CaseVault.object(plain.facts.id), by: plain.lockedTo,
                way: leaving.way, at: now), in: tx)
    }

    /// The mail says what it says of every rejection and every reply.
    private func tell(_ plain: PlainCase, isPart: Bool, _ farewell: SealedFarewell, in tx: Transaction) throws {
        let template: DeviationNotices.Template = isPart ? .replied : .rejected
        let notice = Notice(
            to: plain.reporter, template: template.rawValue, path: "/deviations/mine/\(plain.facts.id)",
            facts: [
                "number": cases.numbers[plain.key, receivedAt: plain.facts.receivedAt].description,
                "date": "\(plain.facts.dueOn)",
            ], required: template.isRequired)
        try host.notices.send(notice, key: farewell.key.description, in: tx)
    }
}
