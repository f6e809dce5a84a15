import type { AnyKit, Kit, PortOf, StepPort } from "../lesson/kit.ts";
import { bases } from "./bases/kit.ts";
import { checkup } from "./checkup/kit.ts";
import { encoder } from "./encoder/kit.ts";
import { endpoints } from "./endpoints/kit.ts";
import { tokenizers } from "./tokenizers/kit.ts";
import { training } from "./training/kit.ts";
import { vectors } from "./vectors/kit.ts";

/** The kits that sections may ask for. */
const KITS = {
  bases,
  checkup,
  encoder,
  endpoints,
  tokenizers,
  training,
  vectors,
} satisfies Record<string, AnyKit>;

type PortTypes = { [Name in keyof typeof KITS]: PortOf<(typeof KITS)[Name]> };

/** What a run gives the kits; the port of a kit is made when a section asks for the kit. */
export type Ports = { [Name in keyof PortTypes]: () => PortTypes[Name] };

/** Opens kits by their names, for a run or for an estimate of what the run will cost. */
export function kitOpener(
  ports: Ports,
  how: "open" | "estimate",
): (name: string) => Promise<(step: StepPort) => object> {
  return async (name) => {
    if (!isKit(name)) throw new Error(`src/kits/all.ts does not list the kit "${name}"`);
    return openOne(name, ports, how);
  };
}

function openOne<Name extends keyof PortTypes>(
  name: Name,
  ports: Ports,
  how: "open" | "estimate",
): Promise<(step: StepPort) => object> {
  const kits: { [Of in keyof PortTypes]: Kit<PortTypes[Of], object> } = KITS;
  return kits[name][how](ports[name]());
}

function isKit(name: string): name is keyof PortTypes {
  return Object.hasOwn(KITS, name);
}
