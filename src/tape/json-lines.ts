const TOKEN = /"(?:\\.|[^"\\])*"|[{}[\],:]|[^\s{}[\],:"]+/gs;

interface Open {
  isList: boolean;
  /** where in the list or the object we are */
  key: string | number;
  awaitsKey: boolean;
}

/** The line, from 1, on which a value of a JSON text begins; of the nearest part that is there. */
export function lineOf(json: string, path: readonly PropertyKey[]): number {
  const open: Open[] = [];
  let best = { depth: -1, index: 0 };
  for (const { 0: token, index } of json.matchAll(TOKEN)) {
    const inside = open.at(-1);
    if (token === ":") continue;
    if (token === "}" || token === "]") open.pop();
    else if (token === ",") step(inside);
    else if (inside?.awaitsKey) Object.assign(inside, { key: JSON.parse(token), awaitsKey: false });
    else {
      const isOnWay = open.length > best.depth && open.length <= path.length;
      if (isOnWay && open.every(({ key }, at) => key === path[at]))
        best = { depth: open.length, index };
      if (best.depth === path.length) break;
      if (token === "[") open.push({ isList: true, key: 0, awaitsKey: false });
      if (token === "{") open.push({ isList: false, key: "", awaitsKey: true });
    }
  }
  return lineAt(json, best.index);
}

function step(inside: Open | undefined): void {
  if (inside?.isList) inside.key = Number(inside.key) + 1;
  else if (inside) inside.awaitsKey = true;
}

/** The line of a text on which JSON.parse failed. */
export function lineOfError(json: string, { message }: Error): number {
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return lineAt(json, Number(position));
  const token = /end of JSON/.test(message) ? undefined : /token '(.+?)'/su.exec(message)?.[1];
  // Older messages name the token alone; where it stands first is near enough.
  return token === undefined
    ? lineAt(json, json.trimEnd().length)
    : lineAt(json, json.indexOf(token));
}

function lineAt(text: string, place: number): number {
  return text.slice(0, Math.max(0, place)).split("\n").length;
}
