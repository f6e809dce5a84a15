import { createStyle, type Style } from "../term/style.ts";
import { wrap } from "../term/text.ts";
import type { LabEvent, RunKind } from "../trace/events.ts";
import { askChoice } from "./ask-choice.ts";
import { askLine } from "./ask-line.ts";
import { ERASE_LINE, ERASE_SCREEN, SHOW_CURSOR } from "./escapes.ts";
import { createFrames, type Frames } from "./frames.ts";
import { Keys } from "./keys.ts";
import { Legend } from "./legend.ts";
import { LinkPauses } from "./link-pauses.ts";
import { LiveBlock } from "./live-block.ts";
import { LiveReply } from "./live-reply.ts";
import { type Look, WIDEST } from "./look.ts";
import { keyHelp, keyLine, MORE_HELP, moreLine, wishOf } from "./move-keys.ts";
import type { Answer, Question, Stage } from "./port.ts";
import { stopProcess, type TerminalOptions } from "./terminal-options.ts";
import { TerminalScreen } from "./terminal-screen.ts";
import { workBlock } from "./work-frames.ts";

/**
 * A stage for a person: draws a run as it happens and waits for keys.
 *
 * It only ever adds lines, so the terminal's own scrolling keeps what was shown. When the width changes, or
 * prompts are unfolded, the step is drawn again from its events.
 */
export class TerminalStage implements Stage {
  readonly interactive = true;
  readonly wantsTokens = true;
  readonly #options: TerminalOptions;
  readonly #screen: TerminalScreen;
  readonly #keys: Keys;
  readonly #style: Style;
  readonly #redraw = () => this.#resized();
  readonly #goOn = () => this.#continued();
  /** the events that are on the screen: since the step, or the heading above it, began */
  #scope: LabEvent[] = [];
  #frames: Frames;
  readonly #legend = new Legend();
  readonly #links = new LinkPauses({
    wait: (bottom) => this.#waitAtBottom(() => this.#style.faint(bottom(this.#screen.width))),
    draw: (from, to, toggling) => this.#drawPart(from, to, toggling),
    help: (lines) => this.#writeHelp(lines),
  });
  /** the work that goes on, below all that is printed */
  readonly #work = new LiveBlock({
    write: (text) => this.#screen.write(text),
    draw: (progress) => workBlock(progress, this.#look(), this.#screen.height),
    now: () => this.#options.now?.() ?? performance.now(),
  });
  #unfolded: boolean;
  readonly #live = new LiveReply({
    write: (text) => this.#screen.write(text),
    draw: (text) => this.#frames.reply(text),
  });
  /** lines drawn since the learner last pressed a key */
  #drawn = 0;
  #paging = true;
  /** whether the editor of a line has the keyboard */
  #typing = false;
  #leaving = false;
  /** draws what waits at the bottom, for drawing it again */
  #bottom: (() => string) | undefined;

  constructor(options: TerminalOptions) {
    this.#options = options;
    this.#screen = new TerminalScreen(options);
    this.#style = createStyle(options.level);
    this.#unfolded = options.unfolded;
    this.#frames = createFrames(this.#look(), this.#legend);
    this.#keys = new Keys(options.input, {
      interrupt: () => this.#interrupted(),
      suspend: () => this.#suspend(),
      unheard: (key) => {
        if (key === "q" && this.#work.isOn) this.#interrupted();
      },
    });
    options.output.on("resize", this.#redraw);
    process.on("SIGCONT", this.#goOn);
  }

  async emit(event: LabEvent): Promise<void> {
    this.#work.follow(event);
    if (event.type === "work-step") {
      if (!this.#live.isOn && !this.#bottom) this.#work.show();
      return;
    }
    if (event.type === "run-start") this.#paging = !RUNS_BY_ITSELF.has(event.kind);
    this.#keepInScope(event);
    this.#work.hide();
    if (event.type === "call-token") {
      if (this.#frames.streams(event.call)) this.#drawn += this.#live.add(event.call, event.text);
      return;
    }
    if (event.type === "call-end" && this.#live.isOf(event.call)) {
      this.#live.end();
      return this.#print(this.#frames.metrics(event));
    }
    this.#live.end();
    const lines = this.#frames.draw(event);
    // Work waits for nobody.
    const waits = !this.#work.isOn && event.type !== "work-end";
    // What the learner has just typed stands on the screen already.
    if (event.type !== "turn-start") await this.#print(lines, waits);
    const isLink = event.type === "chain-end" && lines.length > 0;
    if (isLink && this.#paging && !this.#leaving)
      this.#obey(await this.#links.pause(this.#scope.length));
    if (this.#work.isOn) this.#work.show();
    else this.#screen.pass(this.#frames.passing());
  }

  /** Draws a part of the scope again, by itself, at the width that the screen has now. */
  #drawPart(from = 0, to = this.#scope.length, toggling = false): void {
    if (toggling) this.#unfolded = !this.#unfolded;
    this.#frames = createFrames(this.#look(), this.#legend);
    const drawn = this.#scope.map((event) =>
      event.type === "call-token" ? [] : this.#frames.draw(event),
    );
    const lines = drawn.slice(from, to).flat();
    this.#screen.write(`${ERASE_SCREEN}${lines.map((line) => `${line}\n`).join("")}`);
    this.#drawn = 0;
  }

  async ask(question: Question): Promise<Answer> {
    this.#live.end();
    this.#work.hide();
    if (this.#leaving) return question.kind === "move" ? { value: "quit", by: "learner" } : LEFT;
    const value = await this.#askNow(question);
    this.#drawn = 0;
    this.#paging = true;
    if (value === null) return this.#leaving ? LEFT : NOBODY;
    return { value, by: "learner" };
  }

  async close(): Promise<void> {
    this.#live.end();
    this.#work.hide();
    this.#screen.pass("");
    this.#options.output.off("resize", this.#redraw);
    process.off("SIGCONT", this.#goOn);
    this.#keys.close();
  }

  #askNow(question: Question): Promise<string | null> {
    if (question.kind === "move") return this.#askMove(question);
    if (question.kind === "choice") return this.#askChoice(question);
    return this.#askText(question);
  }

  async #askMove(question: Extract<Question, { kind: "move" }>): Promise<string> {
    for (;;) {
      const key = await this.#waitAtBottom(
        () => keyLine(question, this.#screen.width, this.#style, this.#unfolded),
        (pressed) => wishOf(pressed, question) !== undefined,
      );
      const wish = this.#leaving ? "quit" : wishOf(key, question);
      if (wish === "help") this.#writeHelp(keyHelp(question));
      else if (wish === "fold") this.#toggleFolds();
      else if (wish !== undefined) return wish;
    }
  }

  #askChoice(question: Extract<Question, { kind: "choice" }>): Promise<string | null> {
    return askChoice(question, {
      size: () => ({
        width: this.#screen.width,
        height: this.#screen.height,
        style: this.#style,
      }),
      write: (text) => this.#screen.write(text),
      next: (draw) => this.#nextKey(draw),
      // In the middle of a step a list may push away what nobody has read.
      makeRoom: async (lines) => {
        if (this.#paging && this.#drawn + lines > this.#screen.height) await this.#more();
      },
      isOver: () => this.#leaving,
      leave: () => this.#obey("q"),
      keepAhead: (on) => this.#keys.keepAhead(on),
    });
  }

  /** The editor of the line owns the keyboard while it is open. */
  async #askText(asked: Extract<Question, { kind: "text" }>): Promise<string | null> {
    const { question, initial, earlier } = asked;
    const { input, output } = this.#options;
    const [interrupt, stop] = [() => this.#interrupted(), this.#options.stop ?? stopProcess];
    this.#keys.close();
    this.#typing = true;
    this.#screen.write(
      question.length > 20 ? `${wrap(question, this.#screen.width).join("\n")}\n` : "",
    );
    const prompt = this.#style.strong(question.length > 20 ? "> " : `${question}> `);
    const line = await askLine({ input, output, interrupt, stop }, prompt, { initial, earlier });
    this.#typing = false;
    if (!this.#leaving) this.#keys.open();
    return line;
  }

  /** Prints lines; waits for a key before the first of them would scroll away unread. */
  async #print(lines: string[], waits = true): Promise<void> {
    const page = Math.max(4, this.#screen.height - 2);
    for (const [at, line] of lines.entries()) {
      // A few last lines are not worth a pause: what scrolls away then has been read.
      const isEnd = lines.length - at <= SMALL_REST && this.#drawn < page + SMALL_REST;
      const isFull = this.#drawn >= page && !isEnd;
      if (isFull && waits && this.#paging && !this.#leaving) await this.#more();
      this.#screen.write(`${line}\n`);
      this.#drawn += 1;
    }
  }

  async #more(): Promise<void> {
    for (;;) {
      const key = await this.#waitAtBottom(() => this.#style.faint(moreLine(this.#screen.width)));
      this.#obey(key);
      if (this.#leaving || ["enter", "space", "down", "right", "n", "c"].includes(key)) break;
      if (key === "f") this.#toggleFolds();
      if (key === "?" || key === "h") this.#writeHelp(MORE_HELP);
    }
    this.#drawn = 0;
  }

  #writeHelp(help: string[]): void {
    const lines = ["", ...help].flatMap((line) => wrap(line, this.#screen.width));
    this.#screen.write(`${lines.join("\n")}\n\n`);
  }

  /** The keys that mean the same at every pause within a step. */
  #obey(key: string): void {
    if (key === "c") this.#paging = false;
    if (key === "q" || key === "ctrl-d") this.#leaving = true;
    this.#drawn = 0;
  }

  async #waitAtBottom(bottom: () => string, isMeant?: (key: string) => boolean): Promise<string> {
    this.#screen.write(bottom());
    const key = await this.#nextKey(bottom, isMeant);
    this.#screen.write(ERASE_LINE);
    return key;
  }

  /** The next key; meanwhile the bottom is drawn again when the screen is. */
  async #nextKey(bottom: () => string, isMeant?: (key: string) => boolean): Promise<string> {
    this.#bottom = bottom;
    const key = await this.#keys.next(isMeant);
    this.#bottom = undefined;
    return key;
  }

  #keepInScope(event: LabEvent): void {
    const last = this.#scope.at(-1)?.type;
    const underHeading = last === "lesson-start" || last === "section-start";
    const begins =
      event.type === "step-start" || event.type === "section-start" || event.type === "turn-start";
    if (event.type === "step-start") this.#links.forget();
    if (begins && !underHeading)
      this.#scope = this.#scope.filter(
        ({ type }) =>
          type === "run-start" || (type === "chat-start" && event.type === "turn-start"),
      );
    this.#scope.push(event);
  }

  #toggleFolds(): void {
    this.#unfolded = !this.#unfolded;
    this.#drawAgain();
  }

  #resized(): void {
    this.#drawAgain();
    if (this.#bottom) this.#screen.write(this.#bottom());
  }

  /** Draws all that belongs to the step again, at the width that the screen has now. */
  #drawAgain(): void {
    this.#drawPart();
    this.#work.drawAgain();
    this.#live.drawAgain();
  }

  #look(): Look {
    return {
      width: Math.min(this.#screen.width, WIDEST),
      style: this.#style,
      unfolded: this.#unfolded,
      foldHint: "f unfolds",
      highlight: this.#options.highlight,
    };
  }

  /** Ctrl-Z: the shell gets the terminal as it was, until `fg`. */
  #suspend(): void {
    this.#screen.write(this.#bottom ? `${ERASE_LINE}${SHOW_CURSOR}` : SHOW_CURSOR);
    this.#keys.setRaw(false);
    (this.#options.stop ?? stopProcess)();
  }

  #continued(): void {
    if (this.#typing || this.#screen.isSilent) return;
    this.#keys.setRaw(true);
    this.#resized();
  }

  /** Ctrl-C: the terminal is put in order at once, and nothing more is drawn. */
  #interrupted(): void {
    this.#screen.write(this.#bottom ? `${ERASE_LINE}${SHOW_CURSOR}` : `\n${SHOW_CURSOR}`);
    this.#keys.close();
    this.#leaving = true;
    this.#screen.isSilent = true;
    this.#options.interrupt();
  }
}

const SMALL_REST = 4;

/** Runs that do not stop for a full page. */
const RUNS_BY_ITSELF = new Set<RunKind>(["index", "ask", "train"]);

const NOBODY: Answer = { value: null, by: "nobody" };
const LEFT: Answer = { ...NOBODY, quits: true };
