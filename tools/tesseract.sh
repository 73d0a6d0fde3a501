#!/usr/bin/env bash
# Tesseract reads what is in pictures, Poppler draws pages of PDFs that are pictures: the system's if they are there, else by the
# package manager when that is allowed. Without them everything else works, and such files are held back.
set -u
has() { command -v "$1" >/dev/null 2>&1; }
has tesseract && has pdftoppm && tesseract --list-langs 2>/dev/null | grep -qE '^(script/)?Latin$' && exit 0
if [ "$(id -u)" = 0 ] && has apt-get; then
    echo "Installing Tesseract and Poppler for texts in pictures …"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends tesseract-ocr tesseract-ocr-script-latn poppler-utils; } >/dev/null 2>&1 ||
        echo "Tesseract and Poppler could not be installed: pictures, and pages that are pictures, are held back."
fi
exit 0
