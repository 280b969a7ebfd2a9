/// The HTML form of a mail: one quiet card with a button, readable with the style stripped, light and dark.
///
/// The colours are the design tokens of the web pages. Light ones stand inline, because many mail programs drop style
/// sheets; those that know dark mode also read the sheet.
enum MailHTML {
    static func page(_ mail: Mail) -> String {
        let paragraphs = mail.paragraphs.map { #"<p style="margin:0 0 16px">\#(lines($0))</p>"# }
        let url = escape(mail.link.url)
        return """
            <!doctype html>
            <html lang="\(mail.language.rawValue)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark">
            <title>\(escape(mail.subject))</title>
            <style>
            :root { color-scheme: light dark; supported-color-schemes: light dark }
            @media (prefers-color-scheme: dark) {
            .ground { background: #14171a !important }
            .card { background: #1c2024 !important; border-color: #323940 !important; color: #e9e7e2 !important }
            .button { background: #7fd1b5 !important; color: #0d1f19 !important }
            .soft, .soft a { color: #a9b0b6 !important }
            }
            </style>
            </head>
            <body class="ground" style="margin:0;padding:0;background:#faf9f6">
            <div class="ground" style="padding:24px 12px;background:#faf9f6;font-family:system-ui,-apple-system,'Segoe UI',\
            'Noto Sans',sans-serif;font-size:16px;line-height:1.55">
            <div class="card" style="max-width:560px;margin:0 auto;padding:32px 28px;background:#ffffff;color:#1d1f21;\
            border:1px solid #dedad0;border-radius:8px">
            <h1 style="margin:0 0 20px;font-size:22px;line-height:1.25;font-weight:600">\(escape(mail.subject))</h1>
            \(paragraphs.joined(separator: "\n"))
            <p style="margin:28px 0 20px"><a class="button" href="\(url)" style="display:inline-block;padding:12px \
            24px;\
            background:#1b5e4b;color:#ffffff;font-weight:600;text-decoration:none;border-radius:8px">\
            \(escape(mail.link.label))</a></p>
            <p class="soft" style="margin:0;font-size:14px;color:#55585c;word-break:break-all">\
            <a href="\(url)" style="color:#55585c">\(url)</a></p>
            </div>
            <p class="soft" style="max-width:560px;margin:20px auto 0;padding:0 28px;font-size:14px;color:#55585c">\
            \(lines(mail.footer))</p>
            </div>
            </body>
            </html>
            """
    }

    private static func lines(_ text: String) -> String { escape(text).replacing("\n", with: "<br>\n") }

    private static func escape(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
