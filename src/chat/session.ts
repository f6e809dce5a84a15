import { ConversationChain } from "@langchain/classic/chains";
import { findLabError, LabError } from "../errors.ts";
import { lookInto } from "../lesson/context.ts";
import { parseParam } from "../lesson/params.ts";
import type { Models } from "../lesson/types.ts";
import type { Emit, EventOf, LabEvent, ParamValue } from "../trace/events.ts";
import type { Recorder } from "../trace/recorder.ts";
import { totalsOf } from "../trace/totals.ts";
import type { ChatMemory, MemoryKind } from "./kinds.ts";

interface SessionOptions {
  kind: MemoryKind;
  params: Record<string, ParamValue>;
  models: Models;
  recorder: Recorder;
  /** all events so far, kept by whoever owns the stage */
  events: readonly LabEvent[];
  emit: Emit;
}

const HELP = [
  "/prompt  the whole prompt of the last turn, as it was sent",
  "/memory  what the memory will send with your next line, and how much it stores",
  "/set     the memory's settings; /set k 3 changes one and keeps the lines",
  "/reset   empty the memory",
  "/help    these lines",
  "/quit    end the conversation (so does Ctrl-D)",
].join("\n");

/** A conversation with a memory: takes the learner's lines one by one. */
export class ChatSession {
  readonly #options: SessionOptions;
  #params: Record<string, ParamValue>;
  #conversation: ConversationChain;
  #turn = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#params = options.params;
    this.#conversation = this.#start();
  }

  /**
   * Takes a line: a command if it starts with a slash or is a word that everybody types for one,
   * else something said. False when the conversation is over.
   */
  async take(line: string): Promise<boolean> {
    const said = line.trim();
    const typed = BARE_COMMANDS.get(said.toLowerCase()) ?? said;
    if (typed === "/quit" || typed === "/exit") return false;
    if (typed.startsWith("/")) await this.#command(typed);
    else if (typed !== "") await this.#say(typed);
    return true;
  }

  async #say(input: string): Promise<void> {
    const { recorder, emit, events } = this.#options;
    const from = events.length;
    this.#turn += 1;
    await emit({ type: "turn-start", turn: this.#turn, input });
    await this.#showMemory("Sent with your line");
    try {
      await recorder.run(() => this.#conversation.invoke({ input }));
    } catch (error) {
      const known = findLabError(error);
      if (!known) throw error;
      const { message, hint } = known;
      await emit({ type: "error-raised", message, hint });
      return;
    }
    await emit({ type: "turn-end", turn: this.#turn, totals: totalsOf(events.slice(from)) });
  }

  async #command(typed: string): Promise<void> {
    const { emit } = this.#options;
    const [command = "", name, ...value] = typed.split(/[\s=]+/);
    if (command === "/set") return this.#set(name, value.join(" "));
    if (typed === "/memory") return this.#showMemory("Sent with your next line");
    if (typed === "/prompt") return this.#showPrompt();
    if (typed === "/reset") {
      this.#conversation = this.#start();
      return emit({ type: "note-shown", text: "The memory is empty again." });
    }
    const unknown = typed === "/help" ? "" : `Unknown command ${typed}. The commands are:\n`;
    await emit({ type: "note-shown", text: unknown + HELP });
  }

  /** Changes a setting of the memory, or lists them; what the memory holds stays. */
  async #set(name: string | undefined, value: string): Promise<void> {
    const { kind, models, emit } = this.#options;
    if (!name || value === "") return emit({ type: "note-shown", text: this.#list() });
    try {
      this.#params = { ...this.#params, [name]: parseParam(kind.params, name, value) };
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      return emit({ type: "note-shown", text: `${error.message}.\n${error.hint}` });
    }
    const memory = kind.make(models.chat, this.#params);
    carryOver(this.#conversation.memory as ChatMemory, memory);
    this.#conversation = this.#start(memory);
    await emit({ type: "note-shown", text: `From your next line on: ${this.#list()}` });
  }

  #list(): string {
    const set = Object.entries(this.#params).map(([name, value]) => `${name} = ${value}`);
    return set.length > 0 ? set.join(", ") : "This memory has no settings.";
  }

  async #showMemory(title: string): Promise<void> {
    const { models, emit } = this.#options;
    const memory = this.#conversation.memory;
    if (memory)
      await emit({ type: "memory-shown", title, ...(await lookInto(memory, models.countTokens)) });
  }

  async #showPrompt(): Promise<void> {
    const { events, emit } = this.#options;
    const last = events.findLast(
      (event): event is EventOf<"call-start"> =>
        event.type === "call-start" && event.purpose === "answer",
    );
    if (last) await emit({ type: "prompt-shown", messages: last.messages });
    else await emit({ type: "note-shown", text: "Nothing was sent yet. Say something first." });
  }

  #start(memory?: ChatMemory): ConversationChain {
    const { kind, models } = this.#options;
    return new ConversationChain({
      llm: models.chat(),
      memory: memory ?? kind.make(models.chat, this.#params),
    });
  }
}

const BARE_COMMANDS = new Map([
  ["quit", "/quit"],
  ["exit", "/quit"],
  ["help", "/help"],
  ["?", "/help"],
]);

/** Hands what one memory holds to another of its kind. */
function carryOver(from: ChatMemory, to: ChatMemory): void {
  to.chatHistory = from.chatHistory;
  if ("movingSummaryBuffer" in from && "movingSummaryBuffer" in to)
    to.movingSummaryBuffer = from.movingSummaryBuffer;
}
