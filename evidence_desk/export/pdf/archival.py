"""What PDF/A-1b asks for on top of reportlab: metadata of its own, an output profile, printable links, version 1.4.

Modelled on ISO 19005-1 level B; no claim of compliance is made in the product.
"""

from __future__ import annotations

import io
from html import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from evidence_desk import resources
from evidence_desk.domain.dossier import Dossier
from evidence_desk.export.pdf.pictures import Pictures
from evidence_desk.export.pdf.text import clean

_PRINT = 4
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq>{creators}</rdf:Seq></dc:creator></rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def archival(data: bytes, dossier: Dossier, pictures: Pictures) -> bytes:
    """Return the file with its stills and archival parts; the same input gives the same bytes."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if "/Info" in pdf.trailer:
            # Else every field of it must agree with the metadata stream.
            del pdf.trailer.Info
        creators = "".join(f"<rdf:li>{escape(clean(a))}</rdf:li>" for a in dossier.authors) or "<rdf:li>-</rdf:li>"
        title = escape(f"{clean(dossier.case_title)}, dossier {dossier.edition} ({dossier.status})")
        meta = Stream(pdf, _XMP.format(title=title, creators=creators).encode("utf-8"))
        meta.Type, meta.Subtype = Name.Metadata, Name.XML
        pdf.Root.Metadata = pdf.make_indirect(meta)
        pictures.put_in(pdf)
        profile = Stream(pdf, resources.path("icc", "srgb-v2.icc").read_bytes())
        profile.N = 3
        pdf.Root.OutputIntents = Array(
            [
                Dictionary(
                    Type=Name.OutputIntent,
                    S=Name.GTS_PDFA1,
                    OutputConditionIdentifier="sRGB IEC61966-2.1",
                    Info="sRGB IEC61966-2.1",
                    DestOutputProfile=pdf.make_indirect(profile),
                )
            ]
        )
        pdf.Root.Lang = pikepdf.String("en-GB")
        for page in pdf.pages:
            for annotation in page.get("/Annots", []):
                annotation.F = _PRINT
            for key in ("/Trans", "/Group"):
                if key in page:
                    del page[key]
        out = io.BytesIO()
        pdf.save(
            out,
            force_version="1.4",
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            compress_streams=False,
            deterministic_id=True,
        )
        return out.getvalue()
