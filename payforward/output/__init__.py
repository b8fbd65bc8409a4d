"""Bytes and files: QR codes, slips, printers."""
