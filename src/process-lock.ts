import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import {
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

/** What a process is known by: its number, and when it began, since numbers are used again. */
export function markOf(pid = process.pid): string {
  return `${pid} ${startOf(pid)}`.trim();
}

/**
 * Makes a file that says which process owns something; what a dead process left is taken over. It
 * goes when it is released, or with the process.
 *
 * A dead lock is never removed to be taken: of two that found it dead, the second would remove the
 * new lock of the first. Who takes it over makes a claim beside it, a file named after that very
 * lock, which only one process can make; a claim whose maker has died is claimed in the same way.
 * The lock goes before its claims when they are released, so a claim counts only while the lock
 * that it began from is still there.
 *
 * @returns what releases it; undefined where another process has it
 * @throws the system's error where the file cannot be made or read
 */
export function takeLock(path: string): (() => void) | undefined {
  const files = taken(path);
  if (!files) return undefined;
  const release = () => {
    process.off("exit", release);
    for (const file of [...strays(files), ...files]) rmSync(file, { force: true });
  };
  process.once("exit", release);
  return release;
}

/** The lock and its claims, the last of which is this process's own. */
function taken(path: string): string[] | undefined {
  const id = randomUUID();
  const files = [path];
  let first: Lock | undefined;
  for (;;) {
    const file = files.at(-1) as string;
    if (isMade(file, id)) {
      if (!first || lockIn(path)?.id === first.id) return files;
      rmSync(file, { force: true });
      return undefined;
    }
    const lock = lockIn(file);
    if (!lock || lock.isHeld) return undefined;
    first ??= lock;
    files.push(`${path}.after-${lock.id}`);
  }
}

/** Claims that processes left which were killed while they took a lock over, or released it. */
function strays([path, ...claims]: string[]): string[] {
  if (path === undefined || claims.length === 0) return [];
  const start = `${basename(path)}.after-`;
  const all = readdirSync(dirname(path)).filter((name) => name.startsWith(start));
  return all.map((name) => join(dirname(path), name)).filter((file) => !claims.includes(file));
}

function isMade(path: string, id: string): boolean {
  let file: number;
  try {
    file = openSync(path, "wx");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  }
  try {
    writeSync(file, `${markOf()}\n${id}`);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  return true;
}

interface Lock {
  isHeld: boolean;
  /** what no other lock at this path has had */
  id: string;
}

/** @returns undefined where there is none */
function lockIn(path: string): Lock | undefined {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return undefined;
  }
  try {
    const { ino, mtimeMs } = fstatSync(file);
    const [mark = "", id = `${ino}-${Math.floor(mtimeMs)}`] = readFileSync(file, "utf8")
      .trim()
      .split("\n");
    // Between making the file and writing into it the owner is not known.
    const isHeld = mark === "" ? Date.now() - mtimeMs < 5000 : lives(mark, mtimeMs);
    return { isHeld, id };
  } finally {
    closeSync(file);
  }
}

/** Whether the process whose mark stands in a file lives. */
export function isHeld(path: string): boolean {
  try {
    return lockIn(path)?.isHeld ?? false;
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
