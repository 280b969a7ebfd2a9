import EventKit

extension OrganisationChart {
    /// What the person has in the place of others now: the roles of those they stand in for, and of those whom these stand in for.
    ///
    /// Standing in outlasts the post: when the other's role ends meanwhile, the deputy has it until somebody new holds it or the
    /// period is over, so that nothing lies with nobody.
    func borrowedGrants(of person: String, at now: Timestamp, passed: Set<String> = []) -> [RoleGrant] {
        let standing = (deputyshipsByDeputy[person] ?? []).filter { $0.counts(at: now) && !passed.contains($0.person) }
        return standing.flatMap { row -> [RoleGrant] in
            let own = (grants[row.person] ?? []).filter { $0.counts(at: now) || isVacant($0, since: row.from, at: now) }
            let borrowed = borrowedGrants(of: row.person, at: now, passed: passed.union([person]))
            return (own + borrowed).compactMap { lend($0, by: row, at: now) }
        }
    }

    /// Whether the grant ended after `start` and nobody holds the post now.
    private func isVacant(_ grant: RoleGrant, since start: Timestamp, at now: Timestamp) -> Bool {
        guard let end = grant.to, start < end, end <= now else { return false }
        return !(grantsByRole[grant.role] ?? []).contains { $0.unit == grant.unit && $0.counts(at: now) }
    }

    /// The part of a grant that the deputyship covers.
    private func lend(_ grant: RoleGrant, by row: Deputyship, at now: Timestamp) -> RoleGrant? {
        guard grant.role.canHaveDeputy, row.role == nil || row.role == grant.role,
            let unit = common(row.unit, grant.unit)
        else { return nil }
        let end = grant.counts(at: now) ? [grant.to, row.to].compactMap(\.self).min() : row.to
        return RoleGrant(
            person: row.deputy, role: grant.role, unit: unit, from: max(grant.from, row.from), to: end,
            deputyFor: row.person)
    }

    /// The lower of two units when it lies in the other; nil stands for all units.
    private func common(_ a: String?, _ b: String) -> String? {
        guard let a else { return b }
        if subtree(of: a).contains(b) { return b }
        return subtree(of: b).contains(a) ? a : nil
    }

    /// Whether somebody would stand in for themselves by way of others: for the same role, at the same unit, at the same time.
    func closesLoop(_ new: Deputyship) -> Bool {
        var open = [new]
        var seen: Set<Deputyship> = []
        while let path = open.popLast() {
            for row in deputyshipsByPerson[path.deputy] ?? [] {
                guard let longer = joined(path, row), seen.insert(longer).inserted else { continue }
                if longer.deputy == new.person { return true }
                open.append(longer)
            }
        }
        return false
    }

    /// What two deputyships in a row come to; nil when they have no role, unit or time in common.
    private func joined(_ a: Deputyship, _ b: Deputyship) -> Deputyship? {
        guard a.role == nil || b.role == nil || a.role == b.role else { return nil }
        var unit = a.unit
        if let other = b.unit {
            guard let lower = common(a.unit, other) else { return nil }
            unit = lower
        }
        let from = max(a.from, b.from)
        let to = [a.to, b.to].compactMap(\.self).min()
        guard to.map({ from < $0 }) ?? true else { return nil }
        return Deputyship(
            id: b.id, person: a.person, deputy: b.deputy, role: a.role ?? b.role, unit: unit, from: from, to: to)
    }
}
