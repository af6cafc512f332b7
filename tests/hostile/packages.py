"""Workbooks by hand, part by part: what no program writes and any attacker may."""

import struct
import zipfile

NS = "http://schemas.openxmlformats.org/"
HEADINGS = ("order_id", "order_date", "customer_id", "amount")


def cell(reference, text):
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def heading_row():
    cells = "".join(cell(f"{c}1", h) for c, h in zip("ABCD", HEADINGS, strict=True))
    return f'<row r="1">{cells}</row>'


def order_row(number=2, amount="<v>20.5</v>"):
    cells = "".join(
        cell(f"{c}{number}", t) for c, t in zip("ABC", ("1", "2024-03-05", "a"), strict=True)
    )
    return f'<row r="{number}">{cells}<c r="D{number}">{amount}</c></row>'


def xlsx(path, rows, shared=()):
    main, office = f"{NS}spreadsheetml/2006/main", f"{NS}officeDocument/2006/relationships"
    told = "".join(f"<si><t>{text}</t></si>" for text in shared)
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{NS}package/2006/relationships"><Relationship '
        f'Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "[Content_Types].xml": f'<Types xmlns="{NS}package/2006/content-types"/>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{NS}package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{office}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{told}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData>'
        "</worksheet>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return path


def ods(path, rows):
    office = "urn:oasis:names:tc:opendocument:xmlns"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        book.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{manifest}"/>')
        book.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{office}:office:1.0" '
            f'xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0"><office:body>'
            f'<office:spreadsheet><table:table table:name="S">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def ods_cell(text, times=1):
    return (
        f'<table:table-cell table:number-columns-repeated="{times}" office:value-type="string">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def ods_row(cells, times=1):
    return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'


def _record(kind, content=b""):
    """A record of xlsb: its kind and length seven bits at a time."""
    return _sevens(kind) + _sevens(len(content)) + content


def _sevens(number):
    made = bytearray()
    while True:
        number, low = number >> 7, number & 0x7F
        made.append(low | (0x80 if number else 0))
        if not number:
            return bytes(made)


def _wide(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(path, cells):
    """Cells as (row, column, text or number), from 0 and in order."""
    office = f"{NS}officeDocument/2006/relationships"
    sheet = _record(0x81) + _record(0x94, struct.pack("<4I", 0, 1, 0, 3)) + _record(0x91)
    last = None
    for row, column, value in cells:
        if row != last:
            sheet += _record(0x00, struct.pack("<I", row) + bytes(13))
        is_text = isinstance(value, str)
        content = _wide(value) if is_text else struct.pack("<d", value)
        sheet += _record(0x06 if is_text else 0x05, struct.pack("<2I", column, 0) + content)
        last = row
    bundle = struct.pack("<2I", 0, 1) + _wide("rId1") + _wide("S")
    book = _record(0x83) + _record(0x8F) + _record(0x9C, bundle) + _record(0x90) + _record(0x84)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{NS}package/2006/content-types"/>',
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{NS}package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.bin"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.bin": sheet + _record(0x92) + _record(0x82),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return path


SECTOR = 512
FREE, CHAIN_END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def xls(path, cells):
    """The same in the format of Excel 97: a stream of records in an OLE file."""
    stream = _biff(cells)
    stream += bytes(max(0, 4096 - len(stream)))  # a shorter one would be kept elsewhere
    stream += bytes(-len(stream) % SECTOR)
    many = len(stream) // SECTOR
    assert many <= 126
    fat = [FAT, CHAIN_END, *(i + 3 for i in range(many - 1)), CHAIN_END]
    fat += [FREE] * (SECTOR // 4 - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, CHAIN_END, 0, CHAIN_END, 0)
    header += struct.pack("<109I", 0, *[FREE] * 108)
    entries = _entry("Root Entry", 5, CHAIN_END, 0, child=1) + _entry("Workbook", 2, 2, len(stream))
    entries += bytes(2 * 128)
    path.write_bytes(header + struct.pack("<128I", *fat) + entries + stream)
    return path


def _entry(name, kind, start, size, child=FREE):
    written = (name + "\0").encode("utf-16-le")
    told = struct.pack("<H2B3I", len(written), kind, 1, FREE, FREE, child)
    return written.ljust(64, b"\0") + told + bytes(36) + struct.pack("<IQ", start, size)


def _biff(cells):
    def record(kind, content=b""):
        return struct.pack("<2H", kind, len(content)) + content

    begin = struct.pack("<4H2I", 0x600, 5, 0, 0, 0, 0)
    globe = record(0x809, begin) + record(0x42, struct.pack("<H", 1200))
    place = len(globe) + 4 + 8 + 1 + 4  # of the sheet: after the record that says so, and an end
    told = struct.pack("<I2BBB", place, 0, 0, 1, 0) + b"S"
    globe += record(0x85, told) + record(0x0A)
    sheet = record(0x809, struct.pack("<4H2I", 0x600, 0x10, 0, 0, 0, 0))
    for row, column, value in cells:
        at = struct.pack("<3H", row, column, 0)
        if isinstance(value, str):
            text = value.encode("utf-16-le")
            sheet += record(0x204, at + struct.pack("<HB", len(value), 1) + text)
        else:
            sheet += record(0x203, at + struct.pack("<d", value))
    return globe + sheet + record(0x0A)
