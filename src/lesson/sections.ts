import type { ToolMaker } from "./kit.ts";
import { loadSection } from "./load.ts";
import type { Lesson, LoadedSection } from "./types.ts";

/** Opens a kit by its name; gives what makes its tools for a step. */
export type OpenKit = (name: string) => Promise<ToolMaker<object>>;

/** A section that is ready to be played. */
export interface OpenSection extends LoadedSection {
  /** one of each of the section's kits */
  toolMakers: ToolMaker<object>[];
}

/** The sections of a lesson: each is loaded when it is reached, and its kits are opened. */
export class Sections {
  readonly #lesson: Lesson;
  readonly #openKit: OpenKit;
  readonly #opened = new Map<string, OpenSection>();
  readonly #kits = new Map<string, Promise<ToolMaker<object>>>();

  constructor(lesson: Lesson, openKit: OpenKit) {
    this.#lesson = lesson;
    this.#openKit = openKit;
  }

  async open(id: string): Promise<OpenSection> {
    const known = this.#opened.get(id);
    if (known) return known;
    const loaded = await loadSection(this.#lesson, id);
    const toolMakers = await Promise.all(loaded.kits.map((name) => this.#kit(name)));
    const section = { ...loaded, toolMakers };
    this.#opened.set(id, section);
    return section;
  }

  /** A kit is opened once: the sections of a run share what it keeps. */
  #kit(name: string): Promise<ToolMaker<object>> {
    const opening = this.#kits.get(name) ?? this.#openKit(name);
    this.#kits.set(name, opening);
    return opening;
  }
}
