import { ERASE_LINE } from "./escapes.ts";

interface ReplyScreen {
  write(text: string): void;
  /** a reply as lines, as far as it has come */
  draw(text: string): string[];
}

/** The reply that is drawn as it comes, at the bottom of the screen. */
export class LiveReply {
  readonly #screen: ReplyScreen;
  #reply: { call: number; text: string; lines: string[] } | undefined;

  constructor(screen: ReplyScreen) {
    this.#screen = screen;
  }

  get isOn(): boolean {
    return this.#reply !== undefined;
  }

  isOf(call: number): boolean {
    return this.#reply?.call === call;
  }

  /**
   * Adds a piece. Only the last line of a wrapped text can change, so only that is drawn anew.
   *
   * @returns how many lines the reply has grown by
   */
  add(call: number, text: string): number {
    this.#reply ??= { call, text: "", lines: [] };
    const reply = this.#reply;
    if (reply.call !== call) return 0;
    reply.text += text;
    const before = reply.lines.length;
    reply.lines = this.#screen.draw(reply.text);
    this.#screen.write(ERASE_LINE + reply.lines.slice(Math.max(0, before - 1)).join("\n"));
    return reply.lines.length - before;
  }

  end(): void {
    if (this.#reply) this.#screen.write("\n");
    this.#reply = undefined;
  }

  /** Draws the reply on a screen that was erased. */
  drawAgain(): void {
    if (!this.#reply) return;
    this.#reply.lines = this.#screen.draw(this.#reply.text);
    this.#screen.write(this.#reply.lines.join("\n"));
  }
}
