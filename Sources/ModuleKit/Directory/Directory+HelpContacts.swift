public import Storage

extension Directory {
    /// Adds the contact as the last of its kind, or brings it up to date where it stands.
    public static func put(_ contact: HelpContact, in tx: Transaction) throws {
        let (names, purposes, hours) = (contact.names, contact.purposes, contact.hours)
        try tx.execute(
            """
            INSERT INTO directory_contact (id, kind, campus, name_nb, name_nn, name_en, purpose_nb, purpose_nn, purpose_en,
              hours_nb, hours_nn, hours_en, phone, mail, link, sort)
            VALUES (\(contact.id), \(contact.kind.rawValue), \(contact.campus), \(names.nb), \(names.nn), \(names.en), \(purposes.nb),
              \(purposes.nn), \(purposes.en), \(hours.nb), \(hours.nn), \(hours.en), \(contact.phone), \(contact.mail), \(contact.link),
              (SELECT COALESCE(MAX(sort), 0) + 1 FROM directory_contact))
            ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, campus = excluded.campus, name_nb = excluded.name_nb,
              name_nn = excluded.name_nn, name_en = excluded.name_en, purpose_nb = excluded.purpose_nb, purpose_nn = excluded.purpose_nn,
              purpose_en = excluded.purpose_en, hours_nb = excluded.hours_nb, hours_nn = excluded.hours_nn, hours_en = excluded.hours_en,
              phone = excluded.phone, mail = excluded.mail, link = excluded.link
            """)
        try changed(in: tx)
    }

    public static func removeContact(_ id: String, in tx: Transaction) throws {
        try tx.execute("DELETE FROM directory_contact WHERE id = \(id)")
        try changed(in: tx)
    }

    /// Swaps the contact with the one above it (`up`) or below it among those of its kind.
    public static func moveContact(_ id: String, up: Bool, in tx: Transaction) throws {
        try changed(in: tx)
        let all = try contacts(in: tx)
        guard let moved = all.first(where: { $0.id == id }) else { return }
        var ids = all.filter { $0.kind == moved.kind }.map(\.id)
        guard let place = ids.firstIndex(of: id), ids.indices.contains(up ? place - 1 : place + 1) else { return }
        ids.swapAt(place, up ? place - 1 : place + 1)
        for (index, id) in ids.enumerated() {
            try tx.execute("UPDATE directory_contact SET sort = \(index) WHERE id = \(id)")
        }
    }

    /// By kind, then as ordered.
    public static func contacts(in reader: Reader) throws -> [HelpContact] {
        let all = try reader.query(
            """
            SELECT id, kind, campus, name_nb, name_nn, name_en, purpose_nb, purpose_nn, purpose_en, hours_nb, hours_nn, hours_en,
              phone, mail, link FROM directory_contact ORDER BY sort, id
            """
        ) { row in
            HelpContact(
                id: row.text(0), kind: HelpContact.Kind(rawValue: row.text(1)) ?? .help, campus: row.textOrNil(2),
                names: Translated(nb: row.text(3), nn: row.text(4), en: row.text(5)),
                purposes: Translated(nb: row.text(6), nn: row.text(7), en: row.text(8)),
                hours: Translated(nb: row.text(9), nn: row.text(10), en: row.text(11)), phone: row.text(12),
                mail: row.text(13),
                link: row.text(14))
        }
        return HelpContact.Kind.allCases.flatMap { kind in all.filter { $0.kind == kind } }
    }
}
