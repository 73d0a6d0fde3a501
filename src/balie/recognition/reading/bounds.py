"""How much of one attachment is looked into. Whatever goes beyond is told, and held back. Source: the table in
`docs/recognition-of-files.md`.
"""

SECONDS = 20.0  # for one attachment, its pictures included
TEXT_SECONDS = 12.0  # after these no further page, sheet or file within is begun
MEMORY = 512 * 1024 * 1024  # bytes of address space of each process that sees foreign bytes
CONTENT = 64 * 1024 * 1024  # bytes of one attachment
INFLATED = 64 * 1024 * 1024  # bytes of all that is taken out of archives, as they really come out
MEMBERS = 1000  # files in archives, parts of mails, all levels together
DEPTH = 5  # of files within files
SIGNS = 8_000_000  # of text
CELLS = 100_000  # of spreadsheets
PAGES = 200  # of PDFs, by their text
PICTURES = 30  # pictures, and pages of PDFs that are pictures
PIXELS = 40_000_000  # of one picture
RASTERS = 96 * 1024 * 1024  # pixels of all pictures together
FRAMES = 20  # pages of one TIFF; of pictures that move the first frame alone
PAGE_SIDE = 2480  # pixels of the longer side of a page that is made a picture: 212 dots an inch for A4
