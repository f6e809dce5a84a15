import { clean } from "../clean.ts";
import { truncate, widthOf, wrap } from "../term/text.ts";
import type { EventOf, Json } from "../trace/events.ts";
import { indent, type Look } from "./look.ts";

/** What the frames of a chain must know of the events before it. */
export interface ChainState {
  /** chains that consist of others, by their run, with what they hold so far */
  wholes: Map<string, { links: number; variables: string[]; kind: "sequence" | "router" }>;
  /** links that run, with the whole that they belong to */
  links: Map<string, string>;
}

/** A chain of chains says what it is given; each of its links says which one it is. */
export function chainStartLines(
  event: EventOf<"chain-start">,
  look: Look,
  state: ChainState,
): string[] {
  const { run, parent, kind, name, inputs } = event;
  if (kind === "sequence" || kind === "router") {
    const variables = namesOf(inputs);
    state.wholes.set(run, { links: 0, variables, kind });
    const head = `▾ ${clean(name)}, given ${variables.join(", ")}`;
    return ["", ...wrap(look.style.title(head), look.width)];
  }
  if (kind === "tool") {
    const head = `▾ the tool ${clean(name)}, given ${namesOf(inputs).join(", ")}`;
    return ["", ...wrap(look.style.title(head), look.width)];
  }
  const whole = parent === null ? undefined : state.wholes.get(parent);
  if (!whole || parent === null) return [];
  whole.links += 1;
  state.links.set(run, parent);
  const which = whole.kind === "sequence" ? `link ${whole.links}` : routerPart(whole.links);
  return ["", look.style.title(`  ${which} · ${clean(name)}`)];
}

/** A link that has run says what it gives, and which variables there are now. */
export function chainEndLines(
  event: EventOf<"chain-end">,
  look: Look,
  state: ChainState,
): string[] {
  const whole = state.wholes.get(state.links.get(event.run) ?? "");
  if (!whole) return [];
  const outputs = Object.entries(asObject(event.outputs));
  const gives = outputs.map(([name, value]) => {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    const head = `→ ${look.style.strong(name)} = `;
    return `  ${head}${look.style.reply(truncate(clean(text), Math.max(8, look.width - 3 - widthOf(head))))}`;
  });
  if (whole.kind === "router") return gives;
  whole.variables.push(
    ...outputs.map(([name]) => name).filter((name) => !whole.variables.includes(name)),
  );
  const all = `variables so far: ${whole.variables.join(", ")}`;
  return [...gives, ...indent(wrap(look.style.faint(all), look.width - 2), 2)];
}

/** A router runs the chain that chooses, and then the one that it chose. */
const routerPart = (link: number) => (link === 1 ? "the router" : "the destination");

function namesOf(values: Json): string[] {
  return Object.keys(asObject(values));
}

function asObject(values: Json): Record<string, Json> {
  return values !== null && typeof values === "object" && !Array.isArray(values) ? values : {};
}
