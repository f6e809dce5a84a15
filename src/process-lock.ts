import { execFileSync } from "node:child_process";
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";

/** What a process is known by: its number, and when it began, since numbers are used again. */
export function markOf(pid = process.pid): string {
  return `${pid} ${startOf(pid)}`.trim();
}

/**
 * Makes a file that says which process owns something; one that a dead process left is taken over.
 * It goes when it is released, or with the process.
 *
 * @returns what releases it; undefined where another process has it
 * @throws the system's error where the file cannot be made
 */
export function takeLock(path: string): (() => void) | undefined {
  if (!isTaken(path)) return undefined;
  const release = () => {
    process.off("exit", release);
    rmSync(path, { force: true });
  };
  process.once("exit", release);
  return release;
}

function isTaken(path: string): boolean {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    try {
      const file = openSync(path, "wx");
      writeFileSync(file, markOf());
      closeSync(file);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    if (isHeld(path) || !removeDead(path)) return false;
  }
  return false;
}

/**
 * Removes what a dead process left, one process at a time: of two that both found it dead, the
 * second would else remove the lock that the first has taken meanwhile.
 *
 * @returns false where another process is about to
 */
function removeDead(path: string): boolean {
  const guard = `${path}.takeover`;
  try {
    mkdirSync(guard);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    if (ageOf(guard) < GUARD_MS) return false;
    // It was killed between two lines; the next attempt makes the guard anew.
    removeFolder(guard);
    return true;
  }
  try {
    if (!isHeld(path)) rmSync(path, { force: true });
  } finally {
    removeFolder(guard);
  }
  return true;
}

/** How long the removing may take; it is over within a millisecond. */
const GUARD_MS = 1000;

function ageOf(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

function removeFolder(path: string): void {
  try {
    rmdirSync(path);
  } catch {
    // Another process has removed it.
  }
}

/** Whether the process whose mark stands in a file lives. */
export function isHeld(path: string): boolean {
  try {
    const since = statSync(path);
    const mark = readFileSync(path, "utf8").trim();
    // Between making the file and writing into it the owner is not known.
    if (mark === "") return Date.now() - since.mtimeMs < 5000;
    return lives(mark, since.mtimeMs);
  } catch {
    return false;
  }
}

/**
 * Whether the process of a mark lives. A mark without the beginning is believed if the process that
 * has the number now may have written it.
 *
 * @param since when the mark was written, in milliseconds since 1970
 */
function lives(mark: string, since: number): boolean {
  const [number = "", ...start] = mark.split(" ");
  const pid = Number(number);
  if (!Number.isSafeInteger(pid) || pid <= 0 || !isRunning(pid)) return false;
  const now = startOf(pid);
  if (now === "") return true;
  if (start.length > 0) return start.join(" ") === now;
  return isNode(pid) && since > Date.now() - 1000 * secondsSince(pid) - 1000;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** When a process began, as its system tells it; "" where the system does not tell. */
function startOf(pid: number): string {
  const { ticks } = statOf(pid) ?? {};
  if (ticks !== undefined) return `${bootId()}.${ticks}`;
  return process.platform === "win32" || process.platform === "linux" ? "" : ask(pid, "lstart=");
}

function secondsSince(pid: number): number {
  const { ticks } = statOf(pid) ?? {};
  // Linux counts a hundred ticks a second, from the start of the machine on.
  const uptime = Number(readOr("/proc/uptime").split(" ")[0]);
  if (ticks !== undefined) return uptime - ticks / 100;
  return (Date.now() - Date.parse(ask(pid, "lstart="))) / 1000;
}

function isNode(pid: number): boolean {
  const command = readOr(`/proc/${pid}/cmdline`) || ask(pid, "comm=");
  return command === "" || /node|llm-lab|bun|deno/i.test(command);
}

/** Linux only: what /proc says of a process. */
function statOf(pid: number): { ticks: number } | undefined {
  const text = readOr(`/proc/${pid}/stat`);
  // The name in brackets may have spaces and brackets itself.
  const ticks = Number(text.slice(text.lastIndexOf(")") + 2).split(" ")[19]);
  return text === "" || !Number.isFinite(ticks) ? undefined : { ticks };
}

function bootId(): string {
  return readOr("/proc/sys/kernel/random/boot_id").trim().slice(0, 8);
}

function ask(pid: number, what: string): string {
  if (process.platform === "win32") return "";
  try {
    const ps = ["-o", what, "-p", String(pid)];
    return execFileSync("ps", ps, { encoding: "utf8", stdio: "pipe" }).trim();
  } catch {
    return "";
  }
}

function readOr(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
