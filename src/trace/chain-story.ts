import type { EventOf, Json } from "./events.ts";

/** What is told of a chain that begins: a chain of chains, one of its links, or a tool. */
export type Begun =
  | { as: "whole"; name: string; given: string[] }
  | { as: "tool"; name: string; given: string[] }
  | { as: "link"; which: string; name: string };

/** What is told of a link that has run: what it gives, and which variables there are now. */
export interface Given {
  outputs: [name: string, value: string][];
  /** all so far; undefined where they are not handed on by name */
  variables: string[] | undefined;
}

interface Whole {
  links: number;
  variables: string[];
  kind: "sequence" | "router";
}

/**
 * What of a run's chains is worth telling, whatever shows it. A chain by itself is told by the call
 * that it makes.
 */
export class ChainStory {
  /** chains that consist of others, by their run, with what they hold so far */
  readonly #wholes = new Map<string, Whole>();
  /** links that run, with the whole that they belong to */
  readonly #links = new Map<string, string>();

  /** A chain of chains says what it is given; each of its links says which one it is. */
  begin({ run, parent, kind, name, inputs }: EventOf<"chain-start">): Begun | undefined {
    const given = Object.keys(asObject(inputs));
    if (kind === "sequence" || kind === "router") {
      this.#wholes.set(run, { links: 0, variables: [...given], kind });
      return { as: "whole", name, given };
    }
    if (kind === "tool") return { as: "tool", name, given };
    const whole = parent === null ? undefined : this.#wholes.get(parent);
    if (!whole || parent === null) return undefined;
    whole.links += 1;
    this.#links.set(run, parent);
    const which = whole.kind === "sequence" ? `link ${whole.links}` : routerPart(whole.links);
    return { as: "link", which, name };
  }

  end({ run, outputs }: EventOf<"chain-end">): Given | undefined {
    const whole = this.#wholes.get(this.#links.get(run) ?? "");
    if (!whole) return undefined;
    const entries = Object.entries(asObject(outputs));
    const told = entries.map(([name, value]): [string, string] => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]);
    if (whole.kind === "router") return { outputs: told, variables: undefined };
    const fresh = entries.map(([name]) => name).filter((name) => !whole.variables.includes(name));
    whole.variables.push(...fresh);
    return { outputs: told, variables: [...whole.variables] };
  }
}

/** A router runs the chain that chooses, and then the one that it chose. */
const routerPart = (link: number) => (link === 1 ? "the router" : "the destination");

function asObject(values: Json): Record<string, Json> {
  return values !== null && typeof values === "object" && !Array.isArray(values) ? values : {};
}
