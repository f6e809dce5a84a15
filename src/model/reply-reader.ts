import { emptyReply, endedBadly, filtered, type RequestFacts } from "./failures.ts";
import { CallNumbers, partsOf, type ToolCall } from "./message-parts.ts";
import { mayThinkUnopened, ThoughtSplitter } from "./thoughts.ts";
import { type Fields, isFields } from "./told.ts";

/** A piece of a reply as OpenAI sends it. */
export interface Chunk extends Fields {
  choices: Fields[];
}

interface Delta {
  role: "assistant";
  content: string;
  reasoning_content?: string;
  tool_calls?: ToolCall[];
}

interface ChoiceState {
  splitter: ThoughtSplitter;
  calls: CallNumbers;
  finish: string | undefined;
  /** whether something was said after a finish reason */
  isOpen: boolean;
  hasText: boolean;
  hasThought: boolean;
  hasRefusal: boolean;
}

/**
 * Reads one reply, whole or piece by piece, and hands it on as OpenAI would have sent it: text as a
 * string, thoughts in `reasoning_content`, tool calls numbered, one finish reason, one usage.
 */
export class ReplyReader {
  readonly #facts: RequestFacts;
  readonly #isChat: boolean;
  readonly #isWhole: boolean;
  readonly #choices = new Map<number, ChoiceState>();
  #usage: Fields | undefined;
  #about: Fields = {};

  /** @param isWhole whether all of the reply is there, so that nobody waits for its start */
  constructor(facts: RequestFacts, isWhole = false) {
    this.#facts = facts;
    this.#isWhole = isWhole;
    this.#isChat = !("prompt" in facts.asked);
  }

  /** whether a finish reason came for all of the reply, and nothing after it */
  get isFinished(): boolean {
    const states = [...this.#choices.values()];
    return (
      states.length > 0 && states.every(({ finish, isOpen }) => finish !== undefined && !isOpen)
    );
  }

  /** whether a finish reason came, so that the reply may end here */
  get mayEnd(): boolean {
    const states = [...this.#choices.values()];
    return states.some(({ finish }) => finish !== undefined);
  }

  /** The chunk as OpenAI would have sent it; undefined where it says nothing. */
  read(raw: Fields): Chunk | undefined {
    const { choices, usage, id, object: _, error: __, ...rest } = raw;
    this.#about = { id: typeof id === "string" && id !== "" ? id : "reply", ...rest, ...CHUNK };
    if (isFields(usage) && countsTokens(usage)) this.#usage = usage;
    const list = Array.isArray(choices) ? choices.filter(isFields) : [];
    const read = list.map((choice, at) => this.#readChoice(choice, at));
    return read.length === 0 ? undefined : { ...this.#about, choices: read };
  }

  /**
   * What is left to hand on when the reply is over.
   *
   * @throws EndpointFailure for a reply that is empty, only a thought, or held back
   */
  end(): Chunk[] {
    const last: Fields[] = [];
    for (const [index, state] of this.#choices) {
      const rest = state.splitter.end();
      this.#note(state, rest);
      if (state.splitter.hasStray) this.#facts.onUnopened?.();
      last.push(this.#choice(index, this.#delta(rest), finishOf(state)));
    }
    this.#check();
    const usage = this.#usage && { ...ZERO, ...this.#usage };
    return [
      { ...this.#about, choices: last },
      ...(usage ? [{ ...this.#about, choices: [], usage }] : []),
    ];
  }

  #readChoice(choice: Fields, at: number): Fields {
    const index = typeof choice.index === "number" ? choice.index : at;
    const state = this.#choices.get(index) ?? this.#open(index);
    const finish = choice.finish_reason ?? choice.stop_reason;
    const parts = partsOf(choice.delta ?? choice.message, choice.text);
    const split = this.#isChat
      ? state.splitter.feed(parts.text)
      : { text: parts.text, thought: "" };
    // A refusal is what the model says.
    const said = { text: split.text + parts.refusal, thought: parts.thought + split.thought };
    this.#note(state, said);
    state.hasRefusal ||= parts.refusal !== "";
    state.hasText ||= parts.calls.length > 0;
    const speaks = said.text !== "" || parts.calls.length > 0;
    // Some servers name a reason in every piece; there it does not end the reply.
    state.isOpen ||= speaks && state.finish !== undefined;
    if (typeof finish === "string" && finish !== "") state.finish = finish;
    const calls = parts.calls.map((call) => state.calls.number(call));
    const logprobs = choice.logprobs;
    return this.#choice(index, this.#delta(said, calls), null, logprobs);
  }

  #open(index: number): ChoiceState {
    const { model, thinksUnopened } = this.#facts;
    const isHeld = this.#isChat && (this.#isWhole || thinksUnopened || mayThinkUnopened(model));
    const state: ChoiceState = {
      splitter: new ThoughtSplitter(isHeld),
      calls: new CallNumbers(),
      finish: undefined,
      isOpen: false,
      hasText: false,
      hasThought: false,
      hasRefusal: false,
    };
    this.#choices.set(index, state);
    return state;
  }

  #delta({ text, thought }: { text: string; thought: string }, calls: ToolCall[] = []): Delta {
    return {
      role: "assistant",
      content: text,
      ...(thought !== "" && { reasoning_content: thought }),
      ...(calls.length > 0 && { tool_calls: calls }),
    };
  }

  #choice(index: number, delta: Delta, finish: string | null, logprobs?: unknown): Fields {
    const said = this.#isChat ? { delta } : { text: delta.content };
    return { index, ...said, ...(logprobs !== undefined && { logprobs }), finish_reason: finish };
  }

  /** In a chat, spaces alone say nothing; a text may go on with a space. */
  #note(state: ChoiceState, { text, thought }: { text: string; thought: string }): void {
    state.hasText ||= (this.#isChat ? text.trim() : text) !== "";
    state.hasThought ||= thought.trim() !== "";
  }

  /** Nothing blank passes as a reply. */
  #check(): void {
    const states = [...this.#choices.values()];
    const finish = states.find((state) => state.finish !== undefined)?.finish ?? "stop";
    const meaning = meaningOf(finish);
    if (meaning === "filter") throw filtered(this.#facts);
    if (meaning === "failed") throw endedBadly(this.#facts, finish);
    if (states.some((state) => state.hasText)) return;
    const hasThought = states.some((state) => state.hasThought);
    throw emptyReply(this.#facts, { hasThought, isCut: meaning === "length" });
  }
}

const CHUNK = { object: "chat.completion.chunk" };
const ZERO = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };

const countsTokens = ({ prompt_tokens: input, completion_tokens: output }: Fields) =>
  [input, output].some((count) => typeof count === "number" && count > 0);

type Meaning = "stop" | "length" | "filter" | "refusal" | "failed";

/** What providers' names for the end of a reply mean. */
function meaningOf(finish: string): Meaning {
  if (/length|max.?(?:output.?)?tokens/i.test(finish)) return "length";
  if (/filter|safety|sensitive|recitation|blocklist|prohibited|spii/i.test(finish)) return "filter";
  if (/refus/i.test(finish)) return "refusal";
  return /error|insufficient|malformed|abort|cancel|fail/i.test(finish) ? "failed" : "stop";
}

function finishOf(state: ChoiceState): string {
  const finish = state.finish ?? "stop";
  if (state.hasRefusal) return "refusal";
  const meaning = meaningOf(finish);
  return meaning === "length" || meaning === "refusal" ? meaning : finish;
}
