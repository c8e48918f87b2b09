"""Writes SEAS.Training/Text/Normalization/canonical-forms.txt from Python's copy of the Unicode character database.

    python3 SEAS.Tests/Golden/canonical-forms.py > SEAS.Training/Text/Normalization/canonical-forms.txt

Two kinds of lines, numbers in hexadecimal:
    code first [second] [!]   canonical decomposition; "!" where the parts are not put together again
    @class first-last …       combining class (decimal) and the characters that have it
"""
import sys
import unicodedata

classes = {}
print(f"# Unicode {unicodedata.unidata_version}: canonical decompositions and combining classes. Written by canonical-forms.py.")
for code in range(sys.maxunicode + 1):
    letter = chr(code)
    if 0xAC00 <= code <= 0xD7A3 or 0xD800 <= code <= 0xDFFF:
        continue  # Hangul syllables follow from arithmetic
    if unicodedata.combining(letter):
        classes.setdefault(unicodedata.combining(letter), []).append(code)
    parts = unicodedata.decomposition(letter)
    if parts and not parts.startswith("<"):
        stays_apart = unicodedata.normalize("NFC", letter) != letter
        print(f"{code:X} {' '.join(f'{int(part, 16):X}' for part in parts.split())}{' !' if stays_apart else ''}")

for number, codes in sorted(classes.items()):
    ranges = []
    for code in codes:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    print(f"@{number} " + " ".join(f"{first:X}-{last:X}" for first, last in ranges))
