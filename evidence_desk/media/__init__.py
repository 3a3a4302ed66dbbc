"""The desk's side of media: asks the worker, keeps frame tables; no decoder is ever loaded here."""
