"""Draw the three pictures of README's steps for Windows: python .workshop/draw_windows_steps.py [FOLDER].

They are drawings, made on a computer without Windows, and each says so: they show what is where and what is to be
ticked, not how it looks to the dot. Words on the drawn windows are those of Python's installer (3.11 and newer) and of
Windows 10 and 11 in English. Default folder: .workshop/pictures.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from make_pictures import PICTURES, screen

LARGEST = 60_000
"""Bytes a drawing may have."""

STYLE = """
* { box-sizing: border-box } body { margin: 0; padding: 14px 16px 8px; background: #fff; color: #222;
font: 15px/1.35 "DejaVu Sans", Arial, sans-serif; width: 760px }
.window { border: 2px solid #8a8a8a; border-radius: 8px; background: #fafafa }
.title { display: flex; justify-content: space-between; padding: 6px 12px; background: #e4e4e4; border-radius: 6px 6px 0 0;
border-bottom: 1px solid #bbb; color: #444; font-size: 13px }
.inside { padding: 14px 18px; position: relative }
.button { border: 2px solid #8a8a8a; border-radius: 5px; background: #fff; padding: 9px 14px; margin: 8px 0 }
.button small { color: #666; display: block }
.do { outline: 3px solid #c2410c; outline-offset: 2px }
.say { color: #c2410c; font-weight: bold } .say b { display: inline-block; width: 23px; height: 23px; line-height: 23px;
border-radius: 50%; background: #c2410c; color: #fff; text-align: center; margin-right: 6px; font-size: 14px }
.row { display: flex; align-items: center; gap: 12px; margin: 9px 0 }
.box { width: 19px; height: 19px; border: 2px solid #555; border-radius: 3px; background: #fff; text-align: center;
line-height: 15px; font-weight: bold; flex: none }
.bar { border: 2px solid #8a8a8a; border-radius: 4px; background: #fff; padding: 6px 10px; flex: 1; font-family: "DejaVu Sans Mono", monospace }
.files { display: grid; grid-template-columns: repeat(4, 1fr); gap: 12px; padding: 10px 0 }
.file { text-align: center; font-size: 13px; padding: 8px 4px; border-radius: 5px }
.icon { display: block; width: 46px; height: 40px; margin: 0 auto 6px; border: 2px solid #777; border-radius: 4px; background: #fff;
line-height: 36px; font-size: 13px; color: #555 }
.folder { background: #fde9b0; border-color: #c9a03f } .cmd { background: #444; color: #fff } .sheet { background: #d9ead3; border-color: #5b8a47 }
.note { color: #666; font-size: 12px; text-align: right; margin: 6px 2px 0 } .quiet { color: #777 }
"""
NOTE = '<p class="note">A drawing, not a photograph: your window may look a little different.</p>'


def page(body: str) -> str:
    return f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style><body>{body}{NOTE}</body>'


def window(title: str, inside: str) -> str:
    return f'<div class="window"><div class="title"><span>{title}</span><span>–&nbsp; □&nbsp; ×</span></div><div class="inside">{inside}</div></div>'


def step(number: int, words: str) -> str:
    return f'<span class="say"><b>{number}</b>{words}</span>'


def icon(kind: str, sign: str, name: str, more: str = "") -> str:
    return f'<div class="file {more}"><span class="icon {kind}">{sign}</span>{name}</div>'


INSTALLER = page(window("Python 3 (64-bit) Setup", f"""
<h3 style="margin:0 0 4px">Install Python 3</h3>
<p class="quiet" style="margin:0 0 8px">Select Install Now to install Python with default settings …</p>
<div class="row"><div class="button do" style="flex:1"><b>Install Now</b><small>in your own folder; includes pip</small></div>
{step(3, "last: press this")}</div>
<div class="button quiet">Customize installation<small>Choose location and features</small></div>
<div class="row" style="margin-top:16px"><span class="box do"></span>Use admin privileges when installing py.exe
{step(1, "untick: must be empty")}</div>
<div class="row"><span class="box do">✓</span>Add python.exe to PATH {step(2, "tick")}</div>
"""))

ADDRESS = page(window("The unpacked folder of this project", f"""
<div class="row" style="margin-top:0"><span class="quiet">←&nbsp; →&nbsp; ↑</span><span class="bar do">cmd▏</span></div>
<div style="margin:8px 0 6px">{step(1, "Click into the empty part of the address bar, type cmd, and press Enter.")}</div>
<div class="files">{icon("folder", "", "input")}{icon("folder", "", "pipeline")}{icon("folder", "", "templates")}
{icon("", "≡", "pyproject.toml", "do")}</div>
<p class="quiet" style="margin:2px 0 10px">You are in the right folder if pyproject.toml lies in it.</p>
""") + '<div style="height:12px"></div>' + window("cmd.exe", f"""
<div style="background:#1b1b1b;color:#eee;padding:12px;border-radius:4px;font-family:'DejaVu Sans Mono',monospace;margin-bottom:8px">
…\\ecvet-pipeline&gt; py -m pip install .</div>
{step(2, "A black window opens. Type this line, its dot too, and press Enter.")}"""))

FOLDER = page(window("Mobility papers", f"""
<div class="row" style="background:#f0f0f0;padding:10px 12px;border-radius:6px">{icon("sheet", "▦", "Autumn.xlsx")}
<span style="font-size:26px;color:#c2410c">➜</span>{icon("folder", "", "input", "do")}
<span>{step(1, "Put your workbook into input.")}</span></div>
<div class="files">{icon("folder", "", "input")}{icon("folder", "", "output")}{icon("folder", "", "templates")}
{icon("", "≡", "Read me first.txt")}
{icon("cmd", "▶", "Make the papers.cmd", "do")}{icon("cmd", "▶", "Check only.cmd")}
<div style="grid-column: span 2; padding-top:12px">{step(2, "Double-click.")}<br>Or drop one workbook on it: only its cohort is made.</div></div>
<div class="row" style="background:#f0f0f0;padding:10px 12px;border-radius:6px">{icon("folder", "", "output")}
<span style="font-size:26px;color:#c2410c">➜</span>{icon("", "≡", "report.html", "do")}
<span>{step(3, "The report opens by itself; the papers lie beside it.")}</span></div>
"""))

DRAWINGS = {
    "windows-installer.png": (INSTALLER, 392), "windows-address-bar.png": (ADDRESS, 466), "windows-folder.png": (FOLDER, 528),
}  # fmt: skip


def main(pictures: Path = PICTURES) -> None:
    """Draw all three."""
    pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        os.environ["HOME"] = name
        for file, (html, height) in DRAWINGS.items():
            screen(html, pictures / file, Path(name), 760, height)
            if (pictures / file).is_file() and (pictures / file).stat().st_size > LARGEST:
                raise SystemExit(f"{file} is larger than {LARGEST} bytes")


if __name__ == "__main__":
    main(*(Path(given) for given in sys.argv[1:2]))
