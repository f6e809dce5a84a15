import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { COLUMNS, drawRow, openTerminal } from "./terminal-picture.mjs";

const cli = join(import.meta.dirname, "../dist/cli.js");

/** Has the program take its pipes for a terminal of this size. */
const asTerminal = (columns, rows) =>
  `data:text/javascript,${encodeURIComponent(`
    Object.assign(process.stdout, { isTTY: true, columns: ${columns}, rows: ${rows} });
    Object.assign(process.stdin, { isTTY: true, setRawMode: () => process.stdin });`)}`;

/** Milliseconds: nothing waits as long, so what is waited for does not come. */
const TOO_LONG = 60_000;

const ROWS = 24;
const KEYS = { Enter: "\r", Backspace: "\x7f" };
/** Lines that move at once while the screen scrolls, and the seconds until the next. */
const SCROLL = { lines: 3, seconds: 0.12 };
/** Seconds that a key is shown before it is pressed. */
const SHOWN = 0.8;

/**
 * Plays the built program in a terminal emulator, as somebody who presses keys.
 *
 * @param {string[]} argv
 * @param {{ until: RegExp, seconds: number, press?: string }[]} acts in order: how the last line on
 *   the screen reads, how long it is read, and the key that is pressed then
 * @returns the screens for `drawFrames`; what scrolls is seen to move
 */
export async function record(argv, acts) {
  const own = mkdtempSync(join(tmpdir(), "llm-lab-recording-"));
  const child = spawn(process.execPath, ["--import", asTerminal(COLUMNS, ROWS), cli, ...argv], {
    env: {
      PATH: process.env.PATH,
      HOME: own,
      XDG_STATE_HOME: own,
      FORCE_COLOR: "2",
      TERM: "xterm",
    },
    cwd: own,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const screen = showing(child);
  try {
    const frames = [];
    let top = 0;
    for (const { until, seconds, press } of acts) {
      await screen.until(until);
      const bottom = screen.top();
      for (top += SCROLL.lines; top < bottom; top += SCROLL.lines)
        frames.push({ rows: screen.rowsFrom(top), seconds: SCROLL.seconds });
      top = bottom;
      const rows = screen.rowsFrom(top);
      frames.push({ rows, seconds });
      if (press === undefined) break;
      frames.push({ rows, seconds: SHOWN, key: press });
      child.stdin.write(KEYS[press] ?? press);
    }
    return frames;
  } finally {
    child.kill();
    await ended;
    rmSync(own, { recursive: true, force: true });
  }
}

/** The screen of a program that is running. */
function showing(child) {
  const terminal = openTerminal(ROWS);
  const { active } = terminal.buffer;
  let wake = () => {};
  child.stdout.setEncoding("utf8").on("data", (text) => {
    // Times are never the same twice.
    terminal.write(text.replace(/ · [\d.]+ m?s\b/g, ""), () => wake());
  });
  child.once("close", () => wake());
  const lastLine = () => {
    const lines = Array.from({ length: ROWS }, (_, row) =>
      active
        .getLine(active.baseY + row)
        ?.translateToString(true)
        .trim(),
    );
    return lines.findLast((line) => line) ?? "";
  };
  return {
    top: () => active.baseY,
    rowsFrom: (top) =>
      Array.from({ length: ROWS }, (_, row) => drawRow(active.getLine(top + row), 0).join("")),
    async until(pattern) {
      const late = setTimeout(() => child.kill(), TOO_LONG);
      while (!pattern.test(lastLine())) {
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`waited for ${pattern}, and the last line is: ${lastLine()}`);
        await new Promise((resolve) => {
          wake = resolve;
        });
      }
      clearTimeout(late);
    },
  };
}
