import { clean } from "../clean.ts";
import { truncate, widthOf, wrap } from "../term/text.ts";
import type { ChainStory } from "../trace/chain-story.ts";
import type { EventOf } from "../trace/events.ts";
import { indent, type Look } from "./look.ts";

/** What the frames of a chain must know of the events before it. */
export interface ChainState {
  chains: ChainStory;
}

/** A chain of chains says what it is given; each of its links says which one it is. */
export function chainStartLines(
  event: EventOf<"chain-start">,
  look: Look,
  { chains }: ChainState,
): string[] {
  const begun = chains.begin(event);
  if (!begun) return [];
  const name = clean(begun.name);
  if (begun.as === "link") return ["", look.style.title(`  ${begun.which} · ${name}`)];
  const what = begun.as === "tool" ? `the tool ${name}` : name;
  return ["", ...wrap(look.style.title(`▾ ${what}, given ${begun.given.join(", ")}`), look.width)];
}

/** A link that has run says what it gives, and which variables there are now. */
export function chainEndLines(
  event: EventOf<"chain-end">,
  look: Look,
  { chains }: ChainState,
): string[] {
  const given = chains.end(event);
  if (!given) return [];
  const gives = given.outputs.map(([name, text]) => {
    const head = `→ ${look.style.strong(name)} = `;
    return `  ${head}${look.style.reply(truncate(clean(text), Math.max(8, look.width - 3 - widthOf(head))))}`;
  });
  if (!given.variables) return gives;
  const all = `variables so far: ${given.variables.join(", ")}`;
  return [...gives, ...indent(wrap(look.style.faint(all), look.width - 2), 2)];
}
