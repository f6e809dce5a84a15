import type { Emit } from "../trace/events.ts";
import type { Scratch } from "./scratch.ts";
import type { Models } from "./types.ts";

/** What a kit is given anew for each step that uses it. */
export interface StepPort {
  models: Models;
  emit: Emit;
  /** closes and removes what the step made */
  scratch: Scratch;
  /** milliseconds of a steady clock */
  now(): number;
}

/** Makes a kit's tools for one step of a run. */
export type ToolMaker<Tools> = (step: StepPort) => Tools;

/**
 * Tools that a section asks for beyond models and ways to show things: `section({ title, kits: [vectors] })`.
 *
 * A kit stays light until it is opened, and it says through `Port` what it needs from the run.
 */
export interface Kit<Port, Tools extends object> {
  /** the name of its folder in src/kits */
  name: string;
  /** Opens the kit for a run; it keeps what its steps share. */
  open(port: Port): Promise<ToolMaker<Tools>>;
  /** The same tools for estimating what a run will cost: they train, store and ask nothing outside this process. */
  estimate(port: Port): Promise<ToolMaker<Tools>>;
}

export type AnyKit = Kit<never, object>;

/** What a kit needs from the run. */
export type PortOf<Of> = Of extends Kit<infer Port, object> ? Port : never;

/** The tools of several kits together. */
export type ToolsOf<Kits extends readonly AnyKit[]> = Kits extends readonly [
  Kit<never, infer Tools>,
  ...infer Rest extends readonly AnyKit[],
]
  ? Tools & ToolsOf<Rest>
  : unknown;
