"""Evidence Desk: step through video evidence, record what is seen and heard, export a dossier that can be checked."""

__version__ = "0.1.0"
