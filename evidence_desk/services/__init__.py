"""What the desk can do with a case; each arrow of the data flow is one function here."""
