import "./stand-ins/globals.ts";
import type { Question } from "../stage/port.ts";
import type { LabEvent } from "../trace/events.ts";
import type { Told } from "./orders.ts";
import { type Player, type PlayerOptions, ServedPlayer, WorkerPlayer } from "./players.ts";
import { resultMarkup } from "./step.ts";
import { wordsIn } from "./words.ts";

const LANGUAGE = document.documentElement.lang;
const WORDS = wordsIn(LANGUAGE);

/** Has the steps of a section played, and shows what comes of them as it comes. */
class SectionPage {
  readonly #main: HTMLElement;
  readonly #form: HTMLFormElement;
  readonly #state: HTMLElement;
  readonly #stop: HTMLButtonElement;
  readonly #player: Player;
  /** the name of the run; what is told of an earlier one comes too late */
  #run = "";
  /** where the first step of the run shows what comes of it */
  #begun: HTMLElement | undefined;
  /** the button that began the run */
  #from: HTMLButtonElement;
  /** what had the focus when the run began, or what the page gave it to */
  #focused: Element | null = null;
  #isBusy = false;
  #events: LabEvent[] = [];
  #isDrawn = true;

  constructor(main: HTMLElement) {
    this.#main = main;
    this.#form = find(main, "form");
    this.#state = find(main, ".state");
    this.#stop = find(main, ".stop");
    this.#player = playerFor(main, {
      take: (told) => this.#take(told),
      broke: (words) => this.#end(words),
    });
    const all = main.querySelectorAll<HTMLElement>(".step").length;
    const runAll = find<HTMLButtonElement>(this.#form, "[type=submit]");
    this.#from = runAll;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#play(1, all, runAll);
    });
    for (const button of main.querySelectorAll<HTMLButtonElement>("button.run")) {
      const step = Number(button.dataset.step);
      button.addEventListener("click", () => this.#play(step, step, button));
    }
    this.#stop.addEventListener("click", () => this.#end(WORDS.stopped, LANGUAGE));
    this.#setBusy(false, main.dataset.about ?? "", "en");
  }

  #play(first: number, last: number, from: HTMLButtonElement): void {
    if (this.#isBusy) this.#player.drop();
    this.#from = from;
    this.#focused = document.activeElement;
    const [lesson = "", section = ""] = (this.#main.dataset.section ?? "").split("/");
    // randomUUID is for secure contexts alone, and a class may read the site over plain HTTP.
    this.#run = crypto.getRandomValues(new Uint32Array(4)).join("-");
    this.#events = [];
    this.#dropQuestion();
    const results = [...this.#main.querySelectorAll<HTMLElement>(".result")];
    for (const result of results.slice(first - 1, last)) result.replaceChildren();
    this.#begun = results[first - 1];
    this.#begun?.append(line(WORDS.running, LANGUAGE));
    this.#setBusy(true, WORDS.running);
    const fields = new FormData(this.#form);
    const params = Object.fromEntries([...fields].map(([name, value]) => [name, String(value)]));
    const run = this.#run;
    this.#player.send({ kind: "play", run, lesson, section, first, last, params });
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
      if (told.problem === undefined) this.#setBusy(false, WORDS.done);
      else this.#end(told.problem);
    }
  }

  /** @param language that of the words: what broke is told in English */
  #end(words: string, language = "en"): void {
    this.#player.drop();
    this.#run = "";
    this.#dropQuestion();
    // Told beside the button that was pressed, too, where no step has begun.
    if (!this.#events.some(({ type }) => type === "step-start"))
      this.#begun?.replaceChildren(line(words, language));
    this.#setBusy(false, words, language);
  }

  #setBusy(isBusy: boolean, words: string, language = LANGUAGE): void {
    this.#isBusy = isBusy;
    this.#tell(words, language);
    if (!isBusy && document.activeElement === this.#stop) this.#focus(this.#from);
    this.#stop.hidden = !isBusy;
    for (const button of this.#main.querySelectorAll<HTMLButtonElement>("button:disabled"))
      button.disabled = false;
  }

  #tell(words: string, language: string): void {
    this.#state.textContent = words;
    this.#state.lang = language;
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
    const focused = [...place.querySelectorAll(FOCUSABLE)].indexOf(
      document.activeElement as Element,
    );
    place.innerHTML = String(resultMarkup(this.#events, step, LANGUAGE));
    // A fold stays as the reader left it.
    for (const [at, fold] of [...place.querySelectorAll("details")].entries())
      if (at < shut) fold.open = open.has(at);
    // So does the focus: what stands before it stays as it was.
    if (focused >= 0)
      focusOn(place.querySelectorAll<HTMLElement>(FOCUSABLE).item(focused) ?? place);
  }

  #placeOf(step: string): HTMLElement | null {
    return this.#main.querySelector<HTMLElement>(`[data-of="${CSS.escape(step)}"]`);
  }

  #ask(question: Question): void {
    const run = this.#run;
    if (question.kind === "move") {
      this.#player.send({ kind: "answer", run, value: null });
      return;
    }
    const step = this.#events.findLast((event) => event.type === "step-start");
    // What is asked before a step begins is asked beside the buttons.
    const place = (step?.type === "step-start" && this.#placeOf(step.step)) || this.#form;
    const asked = document.createElement("fieldset");
    asked.className = "asked";
    // A lesson asks in the reader's language; what a run will cost is asked in English.
    asked.lang = place === this.#form ? "en" : LANGUAGE;
    const legend = document.createElement("legend");
    legend.textContent = question.question;
    asked.append(legend);
    const answer = (value: string | null) => {
      // The button that was pressed goes, and what comes of the answer stands here.
      this.#focus(place === this.#form ? this.#stop : place);
      asked.remove();
      this.#tell(WORDS.running, LANGUAGE);
      this.#player.send({ kind: "answer", run, value });
    };
    const choices = question.kind === "choice" ? question.choices : [];
    for (const choice of choices) asked.append(button(choice, () => answer(choice)));
    const goOn = button(WORDS.goOn, () => answer(null));
    goOn.lang = LANGUAGE;
    asked.append(goOn);
    place.append(asked);
    // Whoever has gone on reading or typing must not answer by accident.
    const isFree = [this.#focused, document.body].includes(document.activeElement);
    const first = asked.querySelector("button");
    if (first && isFree) {
      first.focus();
      this.#focused = first;
    }
    this.#tell(WORDS.waiting, LANGUAGE);
  }

  #focus(element: HTMLElement): void {
    this.#focused = element;
    focusOn(element);
  }

  #dropQuestion(): void {
    for (const asked of this.#main.querySelectorAll(".asked")) {
      if (asked.contains(document.activeElement)) this.#focus(this.#from);
      asked.remove();
    }
  }
}

/** What can have the focus in what came of a step. */
const FOCUSABLE = "summary, a[href], [tabindex], button";

/** Nothing moves under the reader's eyes. */
const focusOn = (element: HTMLElement) => element.focus({ preventScroll: true });

function playerFor(main: HTMLElement, options: PlayerOptions): Player {
  return main.dataset.player === "process"
    ? new ServedPlayer(new URL("../", import.meta.url), options)
    : new WorkerPlayer(options);
}

function line(words: string, language: string): HTMLElement {
  const made = document.createElement("p");
  made.lang = language;
  made.className = "line";
  made.textContent = words;
  return made;
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
