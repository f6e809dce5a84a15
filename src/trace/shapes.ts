/** The values that events carry. All of them are plain JSON. */

/** Where a piece of a prompt came from. */
export type Origin = "template" | "history" | "summary" | "context" | "input" | "call" | "result";

/**
 * A piece of a message with one origin. Joined in order, the pieces are the message, to the letter.
 */
export interface PromptPart {
  origin: Origin;
  /** the template variable that the text was filled into, where there is one */
  variable?: string;
  text: string;
}

export interface PromptMessage {
  role: "system" | "user" | "assistant" | "tool";
  /** a name that was sent with the role; agents give one to their own messages */
  name?: string;
  parts: PromptPart[];
}

/** A tool as a request offers it: what the model knows of it. */
export interface OfferedTool {
  name: string;
  description: string;
  /** JSON schema of the arguments */
  parameters: Json;
}

export interface TokenCount {
  input: number;
  output: number;
}

/** What the count of a call's input is made of. */
export interface InputCount {
  kind: "chat" | "completion";
  /** whose count it is: llm-lab counts where the endpoint does not */
  by: "endpoint" | "llm-lab";
  /** tokens of the texts alone, as llm-lab counts them */
  text: number;
  /** what the chat format adds to them; left out where these figures do not give the count */
  added?: { messages: number; marks: number; opening: number; tools?: number };
}

export interface SourceSlice {
  /** path from the root of the project, with forward slashes */
  file: string;
  /** the line of the file that `text` starts at, from 1 */
  line: number;
  /** the lines of the file without their common indentation */
  text: string;
  /**
   * what they take from around them: imports, and declarations of this project as they are written
   */
  uses?: { imports: { name: string; from: string }[]; helpers: { name: string; text: string }[] };
}

export interface ParamInfo {
  name: string;
  kind: "integer" | "number" | "text" | "choice" | "flag";
  value: ParamValue;
  default: ParamValue;
  help: string;
  /** the values that are valid, in words: "0 to 20", "up to 60 characters" */
  range: string;
}

export type ParamValue = string | number | boolean;

/** One line of a chart: a y for each x = 1, 2, 3 …, or for each of `xs` */
export interface Series {
  name: string;
  points: number[];
  /** where the points lie along the x axis, for a chart of one measure against another */
  xs?: number[];
  /** a name for each point, such as "ef 40" */
  labels?: string[];
  /** remarks at x positions, from 1 */
  marks?: { x: number; label: string }[];
}

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/**
 * A chain as boxes and arrows: its inputs, its links in the order in which they run, its outputs.
 */
export interface Diagram {
  nodes: DiagramNode[];
  edges: DiagramEdge[];
}

export interface DiagramNode {
  id: string;
  /** a "node" is one of a graph, where arrows may lead back */
  kind: "input" | "link" | "router" | "node" | "output";
  title: string;
  /** the beginning of its prompt, where it has one */
  detail: string;
}

export interface DiagramEdge {
  from: string;
  to: string;
  /** the variable that flows, or the name of the branch */
  label: string;
  /** what flowed in the run, null if nothing did; in a graph "" where the run went this way */
  value: string | null;
}

/** A share of a whole, such as the chance of a next token. */
export interface Bar {
  label: string;
  /** from 0 to 1 */
  value: number;
  note?: string;
}

/** A point on a map: something with a vector, seen in two dimensions. */
export interface MapPoint {
  label: string;
  /** points of a group share a glyph */
  group: string;
  x: number;
  y: number;
}

/** A passage of the documents that was found near a question. */
export interface FoundPassage {
  /** its number in the prompt, from 1, by which answers cite it */
  number: number;
  /** the folder that was indexed, "" for the handbook, and the file in it */
  folder: string;
  file: string;
  /** how it is called: the file, after its folder where passages come from several folders */
  name: string;
  heading: string;
  line: number | null;
  page: number | null;
  /** how near it is, from 0 to 1 */
  score: number;
  text: string;
}

/** What an index holds of a folder, by one embedding model. */
export interface IndexedFolder {
  folder: string;
  /**
   * whether it is there now; null where the index is on a server, whose folders may be elsewhere
   */
  isThere: boolean | null;
  model: string;
  files: number;
  chunks: number;
  /** when something of it was last embedded, as ISO 8601 has it; null where that is not known */
  indexed: string | null;
}

export interface Totals {
  calls: number;
  /**
   * those of them that got no whole reply, so that their tokens are not known; absent where none
   */
  unanswered?: number;
  tokens: TokenCount;
  /** US dollars, null when no call had a known price */
  cost: number | null;
  ms: number;
}

/** A command to type next, and what it is about; `about` may be empty. */
export interface NextCommand {
  command: string;
  about: string;
}
