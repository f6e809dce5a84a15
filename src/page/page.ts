import "./stand-ins/globals.ts";
import type { Question } from "../stage/port.ts";
import type { LabEvent } from "../trace/events.ts";
import type { Order, Told } from "./orders.ts";
import { resultMarkup } from "./step.ts";

/** Milliseconds between the pieces of a reply, so that they can be read as they come. */
const PACE = 15;

/** Plays the steps of a section in a worker, and shows what comes of them as it comes. */
class SectionPage {
  readonly #main: HTMLElement;
  readonly #form: HTMLFormElement;
  readonly #state: HTMLElement;
  readonly #stop: HTMLButtonElement;
  #worker: Worker | undefined;
  #run = 0;
  #isBusy = false;
  #events: LabEvent[] = [];
  #isDrawn = true;

  constructor(main: HTMLElement) {
    this.#main = main;
    this.#form = find(main, "form");
    this.#state = find(main, ".state");
    this.#stop = find(main, ".stop");
    const all = main.querySelectorAll<HTMLElement>(".step").length;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#play(1, all);
    });
    for (const button of main.querySelectorAll<HTMLButtonElement>("button.run")) {
      const step = Number(button.dataset.step);
      button.addEventListener("click", () => this.#play(step, step));
    }
    this.#stop.addEventListener("click", () => this.#end("Stopped."));
    this.#setBusy(false, "The offline model answers in this page.");
  }

  #play(first: number, last: number): void {
    if (this.#isBusy) this.#dropWorker();
    const [lesson = "", section = ""] = (this.#main.dataset.section ?? "").split("/");
    this.#run += 1;
    this.#events = [];
    const results = [...this.#main.querySelectorAll<HTMLElement>(".result")];
    for (const result of results.slice(first - 1, last)) result.replaceChildren();
    this.#setBusy(true, "Running …");
    const fields = new FormData(this.#form);
    const params = Object.fromEntries([...fields].map(([name, value]) => [name, String(value)]));
    const run = this.#run;
    this.#send({ kind: "play", run, lesson, section, first, last, params, paceMs: PACE });
  }

  #send(order: Order): void {
    this.#worker ??= this.#startWorker();
    this.#worker.postMessage(order);
  }

  #startWorker(): Worker {
    const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<Told>) => this.#take(data));
    worker.addEventListener("error", ({ message }) => this.#end(`It broke: ${message}`));
    return worker;
  }

  #dropWorker(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  #take(told: Told): void {
    if (told.run !== this.#run) return;
    if (told.kind === "event") {
      // The step before may have ended in this frame.
      if (told.event.type === "step-start") this.#draw();
      this.#events.push(told.event);
      this.#drawSoon();
    } else if (told.kind === "question") {
      this.#draw();
      this.#ask(told.question);
    } else {
      this.#draw();
      this.#setBusy(false, told.problem ?? "Done.");
    }
  }

  #end(words: string): void {
    this.#dropWorker();
    this.#run += 1;
    for (const asked of this.#main.querySelectorAll(".asked")) asked.remove();
    this.#setBusy(false, words);
  }

  #setBusy(isBusy: boolean, words: string): void {
    this.#isBusy = isBusy;
    this.#state.textContent = words;
    this.#stop.hidden = !isBusy;
    for (const button of this.#main.querySelectorAll<HTMLButtonElement>("button:disabled"))
      button.disabled = false;
  }

  /** At most once a frame, however fast events come. */
  #drawSoon(): void {
    if (!this.#isDrawn) return;
    this.#isDrawn = false;
    requestAnimationFrame(() => {
      if (!this.#isDrawn) this.#draw();
    });
  }

  #draw(): void {
    this.#isDrawn = true;
    const step = this.#events.findLast((event) => event.type === "step-start");
    if (step?.type !== "step-start") return;
    this.#drawStep(step.step);
  }

  #drawStep(step: string): void {
    const place = this.#placeOf(step);
    if (!place) return;
    const open = new Set(
      [...place.querySelectorAll("details")].flatMap((fold, at) => (fold.open ? [at] : [])),
    );
    const shut = place.querySelectorAll("details").length;
    place.innerHTML = String(resultMarkup(this.#events, step));
    // A fold stays as the reader left it.
    for (const [at, fold] of [...place.querySelectorAll("details")].entries())
      if (at < shut) fold.open = open.has(at);
  }

  #placeOf(step: string): HTMLElement | null {
    return this.#main.querySelector<HTMLElement>(`[data-of="${CSS.escape(step)}"]`);
  }

  #ask(question: Question): void {
    const step = this.#events.findLast((event) => event.type === "step-start");
    const place = step?.type === "step-start" ? this.#placeOf(step.step) : null;
    if (!place || question.kind === "move") {
      this.#send({ kind: "answer", value: null });
      return;
    }
    const asked = document.createElement("fieldset");
    asked.className = "asked";
    const legend = document.createElement("legend");
    legend.textContent = question.question;
    asked.append(legend);
    const answer = (value: string | null) => {
      asked.remove();
      this.#send({ kind: "answer", value });
    };
    const choices = question.kind === "choice" ? question.choices : [];
    for (const choice of choices) asked.append(button(choice, () => answer(choice)));
    asked.append(button("(go on without an answer)", () => answer(null)));
    place.append(asked);
    asked.querySelector("button")?.focus();
    this.#state.textContent = "Waiting for your answer.";
  }
}

function button(words: string, take: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "choice";
  made.textContent = words;
  made.addEventListener("click", take);
  return made;
}

function find<T extends HTMLElement>(inside: HTMLElement, selector: string): T {
  const found = inside.querySelector<T>(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
}

const main = document.querySelector<HTMLElement>("main[data-section]");
if (main) new SectionPage(main);
