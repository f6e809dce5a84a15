/** A row of ARCHITECTURE.md: a room, and what it may import. */
export interface RoomRow {
  room: string;
  mayImport: string[];
}

interface Import {
  from: string;
  to: string;
}

/** What a file imports or exports again, as it is written there. */
export function importedBy(source: string): string[] {
  const found = source.matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^;'"]*?from "([^"]+)"|(?:^|\n)\s*import "([^"]+)"|import\("([^"]+)"\)/g,
  );
  return [...found].map(([, named, bare, lazy]) => named ?? bare ?? lazy ?? "");
}

/** The program, the library that tests of others import, and what runs in a browser. */
const ENTRIES = ["cli", "page", "testing"];

/** Names that no import needs, and rooms that nobody imports, as sentences. */
export function unusedIn(rows: RoomRow[], imports: Import[]): string[] {
  const isUsed = (from: string, to: string) =>
    imports.some((one) => (from === "every room" || one.from === from) && one.to === to);
  const names = rows.flatMap(({ room, mayImport }) =>
    mayImport
      .filter((name) => !isUsed(room, name))
      .map((name) => `${room} does not import ${name}`),
  );
  const alone = rows
    .map(({ room }) => room)
    .filter((room) => room !== "every room" && !ENTRIES.includes(room))
    .filter((room) => !imports.some(({ to }) => to === room));
  return [...names, ...alone.map((room) => `nobody imports ${room}`)];
}

/** One cycle of imports, such as ["lesson", "stage", "lesson"]; undefined where there is none. */
export function findCycle(imports: Import[]): string[] | undefined {
  const targets = new Map<string, Set<string>>();
  for (const { from, to } of imports)
    targets.set(from, (targets.get(from) ?? new Set<string>()).add(to));
  const done = new Set<string>();
  const visit = (room: string, path: string[]): string[] | undefined => {
    if (path.includes(room)) return [...path.slice(path.indexOf(room)), room];
    if (done.has(room)) return undefined;
    for (const next of targets.get(room) ?? []) {
      const cycle = visit(next, [...path, room]);
      if (cycle) return cycle;
    }
    done.add(room);
    return undefined;
  };
  for (const room of targets.keys()) {
    const cycle = visit(room, []);
    if (cycle) return cycle;
  }
  return undefined;
}
