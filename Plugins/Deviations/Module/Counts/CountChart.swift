import ModuleKit

/// Bars with their names and numbers, drawn twice: for a wide page, and for a phone, where letters need more of the width.
struct CountChart {
    /// What it shows, for who does not see it.
    let label: String
    /// Without a number where there were too few.
    let bars: [(name: String, count: Int?)]

    private var most: Int { max(1, bars.compactMap(\.count).max() ?? 1) }

    /// Bars from the left, the names beside them, or above them on a phone.
    var lying: HTML { "\(lying(isSlim: false))\(lying(isSlim: true))" }

    /// Bars from a line, the names under it.
    var standing: HTML { "\(standing(isSlim: false))\(standing(isSlim: true))" }

    private func lying(isSlim: Bool) -> HTML {
        let (step, start, room) = isSlim ? (50, 0, 290) : (30, 290, 300)
        let rows = bars.enumerated().map { index, bar -> HTML in
            let (y, width) = (index * step, max(2, (bar.count ?? 0) * room / most))
            let top = isSlim ? y + 24 : y + 4
            return """
                <text x="0" y="\(y + (isSlim ? 17 : 19))" fill="var(--ink)">\(bar.name)</text>\
                <rect x="\(start)" y="\(top)" width="\(width)" height="18" rx="3" fill="var(--accent)"/>\
                <text x="\(start + width + 6)" y="\(top + 15)" fill="var(--ink)">\(number(bar.count))</text>
                """
        }
        return picture(isSlim, width: isSlim ? 340 : 640, height: bars.count * step, rows)
    }

    private func standing(isSlim: Bool) -> HTML {
        let width = isSlim ? 340 : 608
        let step = width / max(1, bars.count)
        let thick = min(60, step * 2 / 3)
        // Names that would run together are left out, every other one; the table has them all.
        let every = step < 40 ? 2 : 1
        let columns = bars.enumerated().map { index, bar -> HTML in
            let height = (bar.count ?? 0) * 100 / most
            let middle = index * step + step / 2
            let name: HTML = """
                <text x="\(middle)" y="146" text-anchor="middle" fill="var(--ink-soft)">\(bar.name)</text>
                """
            return """
                <rect x="\(middle - thick / 2)" y="\(124 - height)" width="\(thick)" height="\(height)" rx="3" fill="var(--accent)"/>\
                <text x="\(middle)" y="\(118 - height)" text-anchor="middle" fill="var(--ink)">\(number(bar.count))</text>\
                \(if: index % every == 0, name)
                """
        }
        let line: HTML = "<path d=\"M0 124.5H\(width)\" stroke=\"var(--line-strong)\"/>"
        return picture(isSlim, width: width, height: 152, [line] + columns)
    }

    private func picture(_ isSlim: Bool, width: Int, height: Int, _ parts: [HTML]) -> HTML {
        """
        <svg class="chart \(isSlim ? "slim" : "wide")" viewBox="0 0 \(width) \(height)" role="img" aria-label="\(label)">\
        <g font-size="\(isSlim ? 16 : 14)">\(parts)</g></svg>
        """
    }

    private func number(_ count: Int?) -> String { count.map { "\($0)" } ?? "–" }
}
