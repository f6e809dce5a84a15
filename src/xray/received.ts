import { CallNumbers, partsOf } from "../model/message-parts.ts";
import { beginsEvents, readEvents } from "../model/server-events.ts";
import { ThoughtSplitter } from "../model/thoughts.ts";
import { type Fields, isFields, parseJson, readTold } from "../model/told.ts";

/** A reply as it passed, read for showing; nothing is refused, and nothing is made up. */
export interface Received {
  text: string;
  thought: string;
  calls: { name: string; arguments: string }[];
  /** why it ended: "stop", "length", "tool_calls"; undefined where it does not say */
  finish: string | undefined;
  usage: Usage | undefined;
  /** the endpoint's own words, where it sent an error in place of a reply or in its middle */
  error: string | undefined;
}

interface Usage {
  input: number;
  output: number;
  cached: number;
}

/** Reads the body of a reply while it passes: whole or in events, of any of OpenAI's APIs. */
export class ReplyTap {
  #held = "";
  #isStream: boolean | undefined;
  readonly #events = readEvents((data) => this.#take(parseJson(data)));
  readonly #splitter = new ThoughtSplitter(false);
  readonly #numbers = new CallNumbers();
  readonly #calls: Received["calls"] = [];
  readonly #received: Received = {
    text: "",
    thought: "",
    calls: this.#calls,
    finish: undefined,
    usage: undefined,
    error: undefined,
  };

  /** Takes a piece; returns what the reply has grown by. */
  feed(piece: string): string {
    const before = this.#received.text.length;
    if (this.#isStream === undefined) {
      this.#held += piece;
      if (this.#held.trim() === "") return "";
      this.#isStream = beginsEvents(this.#held.trimStart());
      if (this.#isStream) this.#events.feed(this.#held);
    } else if (this.#isStream) this.#events.feed(piece);
    else this.#held += piece;
    return this.#received.text.slice(before);
  }

  /** @param status of the reply's head: what is not a success is an error in words */
  end(status: number): Received {
    if (this.#isStream) this.#events.end();
    else if (status >= 400) this.#received.error = readTold(this.#held, "").message;
    else this.#take(parseJson(this.#held));
    const rest = this.#splitter.end();
    this.#received.text += rest.text;
    this.#received.thought += rest.thought;
    return this.#received;
  }

  #take(value: unknown): void {
    if (!isFields(value)) return;
    if (isFields(value.error)) this.#received.error = String(value.error.message ?? value.error);
    if (typeof value.type === "string" && value.type.startsWith("response."))
      this.#takeEvent(value);
    else if (value.object === "response") this.#takeResponse(value);
    else if (Array.isArray(value.choices)) this.#takeChoices(value.choices.filter(isFields));
    this.#takeUsage(value.usage);
  }

  /** A chat's or a completion's: of several replies the first. */
  #takeChoices(choices: Fields[]): void {
    const choice = choices.find(({ index }) => (index ?? 0) === 0);
    if (!choice) return;
    const parts = partsOf(choice.delta ?? choice.message, choice.text);
    const isChat = choice.text === undefined;
    const said = isChat ? this.#splitter.feed(parts.text) : { text: parts.text, thought: "" };
    this.#received.text += said.text + parts.refusal;
    this.#received.thought += parts.thought + said.thought;
    for (const call of parts.calls) {
      const { index, function: piece } = this.#numbers.number(call);
      this.#calls[index] ??= { name: "", arguments: "" };
      this.#calls[index].name += piece.name ?? "";
      this.#calls[index].arguments += piece.arguments;
    }
    if (typeof choice.finish_reason === "string") this.#received.finish = choice.finish_reason;
    if (parts.refusal !== "") this.#received.finish = "refusal";
  }

  /** An event of the responses API; the last one carries the whole response. */
  #takeEvent({ type, delta, response, message }: Fields): void {
    if (type === "response.output_text.delta" || type === "response.refusal.delta")
      this.#received.text += String(delta);
    if (/^response\.(?:completed|incomplete|failed)$/.test(String(type)) && isFields(response))
      this.#takeResponse(response);
    if (type === "error") this.#received.error = String(message);
  }

  #takeResponse({ output, usage, status, incomplete_details: why, error }: Fields): void {
    const items = Array.isArray(output) ? output.filter(isFields) : [];
    const texts = items.flatMap(({ content, type }) =>
      type === "message" && Array.isArray(content) ? content.filter(isFields) : [],
    );
    this.#received.text = texts.map(({ text, refusal }) => text ?? refusal ?? "").join("");
    const calls = items.filter(({ type }) => type === "function_call");
    for (const [at, call] of calls.entries())
      this.#calls[at] = { name: String(call.name), arguments: String(call.arguments) };
    const isCut = status === "incomplete" && isFields(why) && why.reason === "max_output_tokens";
    this.#received.finish = isCut ? "length" : calls.length > 0 ? "tool_calls" : "stop";
    if (isFields(error)) this.#received.error = String(error.message);
    this.#takeUsage(usage);
  }

  #takeUsage(usage: unknown): void {
    if (!isFields(usage)) return;
    const input = count(usage.prompt_tokens ?? usage.input_tokens);
    const details = usage.prompt_tokens_details ?? usage.input_tokens_details;
    if (input === 0) return;
    this.#received.usage = {
      input,
      output: count(usage.completion_tokens ?? usage.output_tokens),
      cached: isFields(details) ? count(details.cached_tokens) : 0,
    };
  }
}

const count = (value: unknown) => (typeof value === "number" && value > 0 ? value : 0);
