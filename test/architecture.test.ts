import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { readTable, wordsIn } from "./support/markdown-table.ts";
import { findCycle, importedBy, type RoomRow, unusedIn } from "./support/rooms.ts";

const root = join(import.meta.dirname, "..");
const page = read("ARCHITECTURE.md");

const rows: RoomRow[] = readTable(page, "room").map(([room = "", , names = ""]) => ({
  room: wordsIn(room)[0] ?? room,
  mayImport: wordsIn(names),
}));
const everybody = rows.find(({ room }) => room === "every room")?.mayImport ?? [];
const rooms = new Map(rows.map(({ room, mayImport }) => [room, mayImport]));

const files = ["src", "lessons"]
  .flatMap((folder) => filesIn(folder))
  .filter((file) => !file.endsWith(".test.ts"));
const imports = files.flatMap((file) =>
  importedBy(read(file)).map((name) => ({ file, from: roomOf(file), to: targetOf(file, name) })),
);
const between = imports.filter(({ from, to }) => from !== to);

describe("the rooms of ARCHITECTURE.md", () => {
  test("every room has one row", () => {
    const named = rows.map(({ room }) => room).filter((room) => room !== "every room");
    expect([...named, ...everybody].sort()).toEqual([...new Set(files.map(roomOf))].sort());
  });

  test("no room imports what its row does not name", () => {
    const wrong = between
      .filter(({ to }) => isRoom(to))
      .filter(({ from, to }) => !everybody.includes(to) && !rooms.get(from)?.includes(to))
      .map(({ file, to }) => `${file} imports ${to}`);
    expect(wrong).toEqual([]);
  });

  test("a row that names packages allows no others", () => {
    const wrong = between
      .filter(({ to }) => !isRoom(to))
      .map((one) => ({ ...one, allowed: rooms.get(one.from)?.filter((name) => !isRoom(name)) }))
      .filter(({ allowed = [] }) => allowed.length > 0)
      .filter(({ to, allowed = [] }) => !allowed.some((name) => isOf(name, to)))
      .map(({ file, to }) => `${file} imports ${to}`);
    expect(wrong).toEqual([]);
  });

  test("somebody uses every row and every name in it", () => {
    const used = between.map(({ from, to }) => ({
      from,
      to: isRoom(to) ? to : (rooms.get(from)?.find((name) => isOf(name, to)) ?? to),
    }));
    expect(unusedIn(rows, used)).toEqual([]);
  });

  test("rooms form no cycle", () => {
    expect(findCycle(between)).toBeUndefined();
  });
});

test("the events of ARCHITECTURE.md are the events", () => {
  const named = readTable(page, "events").flatMap(([names = ""]) => wordsIn(names));
  const files = ["events", "call-events", "work-events", "xray-events"].map(
    (name) => `src/trace/${name}.ts`,
  );
  const source = files.map(read).join("");
  const declared = [...source.matchAll(/\btype: "([a-z]+-[a-z]+)"/g)].map(([, type]) => type);
  expect(named.sort()).toEqual(declared.sort());
});

describe("what is kept out", () => {
  test.each([
    // the hook of xray runs in a program that is not ours; program.ts writes it into programs; log.ts sets what LanceDB's native part reads, and reads nothing
    [
      "process.env",
      /\bprocess\.env\b/,
      [
        "src/code/program.ts",
        "src/config.ts",
        "src/vector/lancedb/log.ts",
        "src/xray/hook/main.ts",
      ],
    ],
    ["process.exit", /\bprocess\.exit\b(?!Code)/, []],
    ["process.stdout", /\bprocess\.std(out|err|in)\b/, ["src/cli.ts", "src/stage/"]],
    // what is printed elsewhere goes through print, which lets nothing out that a terminal obeys
    [
      "stdout.write",
      /stdout\.write\b/,
      [
        "src/cli.ts",
        "src/stage/",
        "src/run/io.ts",
        "src/kits/vectors/writer.ts",
        "src/commands/explain.ts",
      ],
    ],
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

/** The folder below src, the name of a file right in src, "lessons", or "lessons/index". */
function roomOf(file: string): string {
  const [top = "", second = ""] = file.split("/");
  if (file === "lessons/index.ts") return "lessons/index";
  return top === "src" ? second.replace(/\.ts$/, "") : top;
}

/** The room that an import leads to, or the package's name. */
function targetOf(file: string, name: string): string {
  if (!name.startsWith(".")) return name;
  return roomOf(relative(root, join(root, dirname(file), name)).replaceAll("\\", "/"));
}

function isRoom(name: string): boolean {
  return rooms.has(name) || everybody.includes(name);
}

/** Whether a package is the one that a row names; `@langchain/*` names all of a scope. */
function isOf(named: string, target: string): boolean {
  if (named.endsWith("/*")) return target.startsWith(named.slice(0, -1));
  return target === named || target.startsWith(`${named}/`);
}

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => `${folder}/${file.replaceAll("\\", "/")}`);
}

function read(file: string): string {
  return readFileSync(join(root, file), "utf8");
}
