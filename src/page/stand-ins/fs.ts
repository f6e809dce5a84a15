import { Buffer } from "buffer/index.js";
import { fetchNow, isShipped } from "../shipped-files.ts";

/**
 * What llm-lab reads and writes of node:fs, in a page: files of the package are fetched when they
 * are first read, and what is written is kept until the page is left. There are no folders: a path
 * is a name.
 */
const files = new Map<string, Uint8Array>();
const opened = new Map<number, { path: string; at: number }>();
let handles = 0;
let folders = 0;

const nameOf = (path: string | URL) => (path instanceof URL ? path.pathname : path);

function contentOf(path: string): Uint8Array {
  const known = files.get(path);
  if (known) return known;
  if (!isShipped(path)) throw missing(path);
  const bytes = fetchNow(path);
  files.set(path, bytes);
  return bytes;
}

export function existsSync(path: string | URL): boolean {
  return files.has(nameOf(path)) || isShipped(nameOf(path));
}

export function readFileSync(path: string | URL | number, encoding?: string): string | Buffer {
  const name = typeof path === "number" ? handle(path).path : nameOf(path);
  const bytes = Buffer.from(contentOf(name));
  return encoding === undefined ? bytes : bytes.toString(encoding as "utf8");
}

export function writeFileSync(path: string | URL, content: string | Uint8Array): void {
  files.set(nameOf(path), Buffer.from(content as Uint8Array));
}

export const constants = { O_RDONLY: 0 };

export function openSync(path: string | URL, flags: string | number = "r"): number {
  const name = nameOf(path);
  if (typeof flags === "number" || flags.startsWith("r")) contentOf(name);
  else if (flags.includes("x") && existsSync(name)) throw failure("EEXIST", name);
  else files.set(name, new Uint8Array());
  handles += 1;
  opened.set(handles, { path: name, at: 0 });
  return handles;
}

export function readSync(
  file: number,
  into: Uint8Array | Uint32Array,
  offset = 0,
  length?: number,
  position?: number | null,
): number {
  const from = handle(file);
  const bytes = contentOf(from.path);
  const target = new Uint8Array(into.buffer, into.byteOffset, into.byteLength);
  const at = position ?? from.at;
  const part = bytes.subarray(at, at + (length ?? target.length - offset));
  target.set(part, offset);
  if (position === undefined || position === null) from.at += part.length;
  return part.length;
}

export function writeSync(file: number, content: string | Uint8Array, offset = 0): number {
  const { path } = handle(file);
  const bytes = Buffer.from(content as Uint8Array).subarray(offset);
  files.set(path, Buffer.concat([contentOf(path), bytes]));
  return bytes.length;
}

export function closeSync(file: number): void {
  opened.delete(file);
}

export function fsyncSync(): void {}

export function fstatSync(file: number) {
  return statSync(handle(file).path);
}

export function statSync(path: string | URL, { throwIfNoEntry = true } = {}) {
  const name = nameOf(path);
  if (!existsSync(name)) {
    if (throwIfNoEntry) throw missing(name);
    return undefined;
  }
  return {
    size: contentOf(name).length,
    mtimeMs: 1,
    ino: 1,
    isFile: () => true,
    isDirectory: () => false,
    isFIFO: () => false,
  };
}

export function lstatSync(path: string | URL) {
  return statSync(path);
}

export function mkdtempSync(start: string): string {
  folders += 1;
  return `${start}${folders}`;
}

export function mkdirSync(): void {}

export function readdirSync(folder: string): string[] {
  const start = `${folder}/`;
  return [...files.keys()]
    .filter((name) => name.startsWith(start))
    .map((n) => n.slice(start.length));
}

export function rmSync(path: string | URL): void {
  const name = nameOf(path);
  for (const file of [...files.keys()])
    if (file === name || file.startsWith(`${name}/`)) files.delete(file);
}

export function renameSync(from: string, to: string): void {
  files.set(to, contentOf(from));
  files.delete(from);
}

function handle(file: number) {
  const found = opened.get(file);
  if (!found) throw failure("EBADF", String(file));
  return found;
}

const missing = (path: string) => failure("ENOENT", path);

function failure(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code, path });
}

export default {
  existsSync,
  readFileSync,
  writeFileSync,
  statSync,
  mkdirSync,
  readdirSync,
  rmSync,
};
