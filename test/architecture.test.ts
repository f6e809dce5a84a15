import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";

/** Rooms that everybody may import: what a fault is, how figures are written, how secrets are hidden. */
const EVERYBODY = new Set(["errors", "format", "mask"]);

/**
 * Who may import whom: DESIGN.md's table.
 * A folder may always import itself.
 */
const MAY_IMPORT: Record<string, string[]> = {
  cli: ["config", "main", "run"],
  main: ["commands", "config", "run"],
  commands: [
    "chat",
    "config",
    "doctor",
    "documents",
    "handbook",
    "kits",
    "lesson",
    "lessons",
    "model",
    "offline",
    "run",
    "stage",
    "term",
    "tinylm",
    "trace",
    "vector",
  ],
  run: [
    "commands",
    "config",
    "doctor",
    "documents",
    "kits",
    "lesson",
    "model",
    "offline",
    "stage",
    "tape",
    "trace",
    "vector",
    "tinylm",
  ],
  kits: ["documents", "lesson", "tinylm", "trace", "vector"],
  lessons: ["lab"],
  lab: ["kits", "lesson", "trace", "model", "tinylm", "vector"],
  chat: ["lesson", "trace"],
  lesson: ["trace", "diagram", "model", "stage"],
  diagram: ["trace"],
  stage: ["lesson", "trace", "term"],
  model: ["config", "trace"],
  offline: ["handbook", "tinylm"],
  handbook: [],
  tinylm: [],
  config: ["env-file", "providers"],
  "env-file": [],
  providers: [],
  doctor: ["config", "model", "offline", "providers", "vector"],
  documents: ["handbook", "trace", "vector"],
  tape: [],
  term: [],
  trace: [],
  vector: [],
  errors: [],
  format: [],
  mask: [],
};

const root = join(import.meta.dirname, "..");
const files = ["src", "lessons"]
  .flatMap((folder) => filesIn(folder))
  .filter((file) => !file.endsWith(".test.ts"));
const imports = files.flatMap((file) => importsOf(file));

describe("who may import whom", () => {
  test("every folder of src is in the table", () => {
    const rooms = new Set(files.map(roomOf));
    expect([...rooms].filter((room) => !(room in MAY_IMPORT))).toEqual([]);
  });

  test("no import outside the table", () => {
    const wrong = imports
      .filter(({ target }) => target.startsWith("."))
      .map(({ file, target }) => ({ file, to: relative(root, join(root, dirname(file), target)) }))
      .filter(({ file, to }) => !mayImport(file, to))
      .map(({ file, to }) => `${file} imports ${to}`);
    expect(wrong).toEqual([]);
  });

  test("a lesson imports LangChain and lab.ts, and nothing else", () => {
    const wrong = imports
      .filter(({ file }) => file.startsWith("lessons/") && file !== "lessons/index.ts")
      .filter(
        ({ target }) =>
          !/^(@langchain\/|langchain$|zod$|\.\/|\.\.\/\.\.\/src\/lab\.ts$)/.test(target),
      )
      .map(({ file, target }) => `${file} imports ${target}`);
    expect(wrong).toEqual([]);
  });

  test("the bare @langchain/classic, which warns on the console, is not imported", () => {
    expect(imports.filter(({ target }) => target === "@langchain/classic")).toEqual([]);
  });
});

describe("what is kept out", () => {
  test.each([
    // log.ts sets what LanceDB's native part reads, and reads nothing
    ["process.env", /\bprocess\.env\b/, ["src/config.ts", "src/vector/lancedb/log.ts"]],
    ["process.exit", /\bprocess\.exit\b(?!Code)/, []],
    ["process.stdout", /\bprocess\.std(out|err|in)\b/, ["src/cli.ts", "src/stage/"]],
    ["console", /\bconsole\.\w+\(/, []],
    ["isTTY", /\bisTTY\b/, ["src/stage/", "src/run/io.ts"]],
    ["a test or mode switch", /\bif \((test|offline|isOffline)\b/, []],
  ] as const)("%s", (_name, pattern, allowed) => {
    const found = files.filter(
      (file) => !allowed.some((place) => file.startsWith(place)) && pattern.test(read(file)),
    );
    expect(found).toEqual([]);
  });

  test("files of more than 320 lines", () => {
    expect(files.filter((file) => read(file).split("\n").length > 320)).toEqual([]);
  });
});

/** The room a file is in: the folder below src, the file's own name for files right in src, or "lessons". */
function roomOf(file: string): string {
  const [top = "", second = ""] = file.split("/");
  if (top === "lessons" || top === "handbook") return top;
  return second.replace(/\.ts$/, "");
}

function mayImport(file: string, to: string): boolean {
  const [from, target] = [roomOf(file), roomOf(to)];
  // The curriculum is the list that commands read; its types are a lesson's.
  if (file === "lessons/index.ts") return target === "lesson" || target === "lessons";
  return from === target || EVERYBODY.has(target) || (MAY_IMPORT[from] ?? []).includes(target);
}

function importsOf(file: string): { file: string; target: string }[] {
  const found = read(file).matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^;]*?from "([^"]+)"|import\("([^"]+)"\)/g,
  );
  return [...found].map(([, named, lazy]) => ({ file, target: named ?? lazy ?? "" }));
}

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => `${folder}/${file.replaceAll("\\", "/")}`);
}

function read(file: string): string {
  return readFileSync(join(root, file), "utf8");
}
