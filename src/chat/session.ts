import { ConversationChain } from "@langchain/classic/chains";
import { findLabError } from "../errors.ts";
import { lookInto } from "../lesson/context.ts";
import type { Models } from "../lesson/types.ts";
import type { Emit, EventOf, LabEvent, ParamValue } from "../trace/events.ts";
import type { Recorder } from "../trace/recorder.ts";
import { totalsOf } from "../trace/totals.ts";
import type { MemoryKind } from "./kinds.ts";

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
  "/memory  what the memory would send, and how much it stores",
  "/reset   empty the memory",
  "/help    these lines",
  "/quit    end the conversation (so does Ctrl-D)",
].join("\n");

/** A conversation with a memory: takes the learner's lines one by one. */
export class ChatSession {
  readonly #options: SessionOptions;
  #conversation: ConversationChain;
  #turn = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#conversation = this.#start();
  }

  /**
   * Takes a line: a command if it starts with a slash, else something said. False when the
   * conversation is over.
   */
  async take(line: string): Promise<boolean> {
    const typed = line.trim();
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
    try {
      await recorder.run(() => this.#conversation.invoke({ input }));
    } catch (error) {
      const known = findLabError(error);
      if (!known) throw error;
      const { message, hint } = known;
      await emit({ type: "error-raised", message, hint });
      return;
    }
    await this.#showMemory("Memory");
    await emit({ type: "turn-end", turn: this.#turn, totals: totalsOf(events.slice(from)) });
  }

  async #command(typed: string): Promise<void> {
    const { emit } = this.#options;
    if (typed === "/memory") return this.#showMemory("Memory");
    if (typed === "/prompt") return this.#showPrompt();
    if (typed === "/reset") {
      this.#conversation = this.#start();
      return emit({ type: "note-shown", text: "The memory is empty again." });
    }
    const unknown = typed === "/help" ? "" : `Unknown command ${typed}. The commands are:\n`;
    await emit({ type: "note-shown", text: unknown + HELP });
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

  #start(): ConversationChain {
    const { kind, params, models } = this.#options;
    return new ConversationChain({ llm: models.chat(), memory: kind.make(models.chat, params) });
  }
}
