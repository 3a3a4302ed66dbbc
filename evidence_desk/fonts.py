"""Static typefaces cut from the pinned font packages, for the dossier and the window."""
