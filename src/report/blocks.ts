import type { Bar, Diagram, MapPoint } from "../trace/events.ts";
import type { PromptLine } from "../trace/prompt-lines.ts";

/** How a line is meant, beside what it says. */
type Tone = "plain" | "strong" | "faint" | "good" | "bad";

/** A piece of a report, whatever format it is written in. All texts are plain, unless said. */
export type Block =
  /** prose of ours, with *terms* and `code`; blank lines part paragraphs */
  | { type: "prose"; text: string }
  | { type: "line"; text: string; tone: Tone; link?: { to: string; text: string } }
  /** points of prose */
  | { type: "list"; title: string; items: string[] }
  | { type: "code"; caption: string; text: string; language: "typescript" | "text" }
  /** a text from outside, under what it is called */
  | { type: "text"; label: string; text: string; of: "reply" | "value" | "you" }
  | { type: "table"; caption: string; columns: string[]; rows: string[][] }
  | { type: "plot"; plot: Plot }
  | { type: "spans"; title: string; spans: Span[] }
  | { type: "bars"; title: string; bars: Bar[] }
  | { type: "map"; title: string; points: MapPoint[]; note: string }
  /** `id` is unique in the report: the picture names its arrow heads by it */
  | { type: "diagram"; id: string; title: string; diagram: Diagram }
  | { type: "tokens"; pieces: string[] }
  /** a prompt, or what a memory holds: lines with where each comes from */
  | { type: "lines"; label: string; lines: PromptLine[]; gone: Gone | undefined }
  | { type: "fold"; summary: Summary; blocks: Block[]; isOpen: boolean; id?: string };

/** Lines of an earlier prompt that are not in this one. */
export interface Gone {
  /** "call 3" */
  from: string;
  lines: string[];
}

/** What stands on a fold while it is shut. */
interface Summary {
  title: string;
  /** what it is about, cut to a line */
  about?: string;
  figures?: string;
}

/** Lines or points over two measures. */
export interface Plot {
  title: string;
  x: string;
  y: string;
  kind: "line" | "points";
  series: PlotSeries[];
}

interface PlotSeries {
  name: string;
  /** only finite figures */
  points: PlotPoint[];
}

export interface PlotPoint {
  x: number;
  y: number;
  label?: string;
  /** a remark that makes the point stand out */
  mark?: string;
}

/** A stretch of time that a call took, in milliseconds since the run began. */
export interface Span {
  call: number;
  caller: string;
  startedMs: number;
  ms: number;
}

/** A part of a report under a heading of its own. */
export interface Part {
  /** unique in the report */
  id: string;
  title: string;
  blocks: Block[];
  parts: Part[];
}

/** A report, ready to be written in any format. */
export interface Report {
  title: string;
  /** what kind of run it is of: "lesson" */
  kind: string;
  /** who answered, and the like: a name and a value each */
  facts: [name: string, value: string][];
  parts: Part[];
  /** what was left out, in sentences */
  left: string[];
  /** how the run ended, where that is known */
  ending: string | undefined;
}
