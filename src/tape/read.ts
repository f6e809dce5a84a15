import * as z from "zod";
import { LabError } from "../errors.ts";
import { readPlainFile } from "../plain-file.ts";
import { lineOf, lineOfError } from "./json-lines.ts";
import { TAPE_VERSION, type Tape, type TapeEntry } from "./tape.ts";
import { whyNotWhole } from "./whole.ts";

const MEGABYTE = 1024 * 1024;
const AGAIN = "Record it again with --record.";
/** Longer pauses than a day would only be waited for. */
const MOST_MS = 86_400_000;

const entry = z.object({
  request: z.object({
    method: z.string(),
    path: z.string().startsWith("/", "should start with a slash"),
    body: z.looseObject({ model: z.string().optional() }).nullable(),
  }),
  response: z.object({
    status: z.number().int().min(200).max(599),
    contentType: z.string().regex(/^[\x20-\x7e]*$/, "should be a content type"),
    pieces: z.array(z.object({ ms: z.number().min(0).max(MOST_MS), text: z.string() })),
  }),
});

/**
 * Reads a tape, and all of it before it is played.
 *
 * @throws LabError that names the line, for a file that is not a tape, one of another version, and
 *   one with a reply that is not whole
 */
export function readTape(path: string): Tape {
  const about = { what: "tape", hint: AGAIN, most: 256 * MEGABYTE };
  const text = decoded(readPlainFile(path, about), path);
  const tape = parsed(text, path);
  const at = (...keys: PropertyKey[]) => lineOf(text, keys);
  const bad = (keys: PropertyKey[], what: string) =>
    new LabError(`Line ${at(...keys)} of the tape ${path} ${what}`, AGAIN, 2);
  if (typeof tape.model !== "string" || tape.model === "")
    throw bad("model" in tape ? ["model"] : [], "should have the name of a model");
  for (const [index, value] of tape.entries.entries()) {
    const result = entry.safeParse(value);
    const [issue] = result.error?.issues ?? [];
    if (issue) throw bad(["entries", index, ...issue.path], inWords(issue));
    const why = whyNotWhole(value as TapeEntry);
    if (why) throw bad(["entries", index, "response"], why);
  }
  return tape as Tape;
}

function decoded(bytes: Buffer, path: string): string {
  if (bytes.length === 0) throw notATape(path, "it is empty");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const good = bytes.toString("utf8").split("\ufffd")[0] ?? "";
    const line = good.split("\n").length;
    throw notATape(path, `line ${line} is not text in UTF-8`);
  }
}

type Outline = { model?: unknown; entries: unknown[] };

function parsed(text: string, path: string): Outline {
  let tape: unknown;
  try {
    tape = JSON.parse(text);
  } catch (error) {
    const line = lineOfError(text, error as Error);
    const isCut = /end of JSON|Unterminated/.test((error as Error).message);
    const what = isCut ? "is where it is cut off" : "is not JSON";
    throw new LabError(`Line ${line} of the tape ${path} ${what}`, AGAIN, 2);
  }
  if (typeof tape !== "object" || tape === null || Array.isArray(tape) || !("version" in tape))
    throw notATape(path, "line 1 does not begin an object with a version and entries");
  if (tape.version !== TAPE_VERSION)
    throw new LabError(
      `The file ${path} is of version ${shown(tape.version)}, as line ${lineOf(text, ["version"])} says`,
      `This program reads tapes of version ${TAPE_VERSION}; record it again.`,
      2,
    );
  if (!("entries" in tape) || !Array.isArray(tape.entries))
    throw notATape(
      path,
      `line ${lineOf(text, "entries" in tape ? ["entries"] : [])} should have a list of entries`,
    );
  return tape as Outline;
}

function notATape(path: string, why: string): LabError {
  return new LabError(`The file ${path} is not a tape: ${why}`, AGAIN, 2);
}

function shown(value: unknown): string {
  const text = typeof value === "object" ? "another kind" : JSON.stringify(value);
  return text.length > 20 ? `${text.slice(0, 19)}…` : text;
}

/** What is wrong with a place in an entry. */
function inWords({ path, message }: { path: PropertyKey[]; message: string }): string {
  const name = path.filter((key) => typeof key === "string").at(-1);
  return `has an entry that is not whole: ${name === undefined ? "" : `${name}: `}${message}`;
}
