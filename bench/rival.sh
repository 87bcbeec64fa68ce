#!/bin/sh
# What one would write in an afternoon: YAML to a page, a PDF and an MP3 by a shell script. rival.sh SOURCE FOLDER
set -eu
mkdir -p "$2"
python3 - "$1" > "$2/page.md" <<'PY'
import sys, yaml
page = yaml.safe_load(open(sys.argv[1], encoding="utf-8"))
print("#", page["title"], "\n\n" + page["summary"], "\n")
for section in [{"title": "", "blocks": page["introduction"]}, *page["sections"]]:
    print("\n##", section["title"], "\n")
    for block in section["blocks"]:
        if isinstance(block, str):
            print(block, "\n")
        elif "items" in block:
            print("\n".join(f"- {item}" for item in block["items"]), "\n")
        else:
            print(block.get("text") or block.get("name"), "\n")
PY
pandoc --standalone --metadata title=Page --to html5 "$2/page.md" --output "$2/page.html"
weasyprint --quiet "$2/page.html" "$2/page.pdf"
pandoc --to plain "$2/page.md" | espeak-ng -v en-gb -s 148 --stdin --stdout | lame --quiet -m m -b 64 -q 7 - "$2/page.mp3"
