import Storage

extension Directory {
    /// What a new installation begins with; from then on it is maintained in the table.
    static let referenceTable = Migration(module: "directory", number: 3, name: "legal references") { dialect in
        [
            """
            CREATE TABLE directory_reference (
              code TEXT NOT NULL, valid_from TEXT NOT NULL, nb TEXT NOT NULL, nn TEXT NOT NULL, en TEXT NOT NULL,
              added_by TEXT NOT NULL, added_at \(dialect.bigint) NOT NULL, PRIMARY KEY (code, valid_from))
            """,
            """
            INSERT INTO directory_reference (code, valid_from, nb, nn, en, added_by, added_at) VALUES
            ('preliminary-reply', '1978-01-01', 'forvaltningsloven § 11 a', 'forvaltningslova § 11 a', \
            'Public Administration Act § 11 a', '', 0),
            ('health-of-others', '2024-08-01', 'universitets- og høyskoleloven § 2-8', \
            'universitets- og høgskulelova § 2-8', 'University Act § 2-8', '', 0),
            ('learning-environment', '2024-08-01', \
            'universitets- og høyskoleloven, likestillings- og diskrimineringsloven og arbeidsmiljøloven', \
            'universitets- og høgskulelova, likestillings- og diskrimineringslova og arbeidsmiljølova', \
            'the University Act, the Equality and Anti-Discrimination Act and the Working Environment Act', '', 0),
            ('archives', '2026-01-01', 'arkivloven', 'arkivlova', 'the Archives Act', '', 0),
            ('damages', '2018-07-20', 'personvernforordningen artikkel 82', 'personvernforordninga artikkel 82', \
            'GDPR Article 82', '', 0),
            ('limitation', '1980-01-01', 'foreldelsesloven § 9', 'foreldingslova § 9', 'the Limitation Act § 9', '', 0),
            ('accountability', '2018-07-20', 'personvernforordningen artikkel 5 nr. 2', \
            'personvernforordninga artikkel 5 nr. 2', 'GDPR Article 5 (2)', '', 0),
            ('storage-limitation', '2018-07-20', 'personvernforordningen artikkel 5 nr. 1 bokstav e', \
            'personvernforordninga artikkel 5 nr. 1 bokstav e', 'GDPR Article 5 (1) (e)', '', 0)
            """,
        ]
    }
}
