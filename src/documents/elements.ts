import { Tokenizer } from "htmlparser2";

/** What is told of a page while it is read. */
export interface ElementEvents {
  enter(name: string): void;
  leave(name: string): void;
  /** text between tags, from where it stands in the page up to `end`; entities are decoded */
  text(text: string, start: number, end: number): void;
}

const VOID = new Set(
  "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split(
    " ",
  ),
);

/**
 * Reads a page from its beginning to its end, and tells each element when it begins and when it
 * ends. However deep elements nest, it neither recurses nor searches: its time grows with the page
 * alone.
 */
export function readElements(html: string, events: ElementEvents): void {
  const isXml = html.trimStart().startsWith("<?xml");
  const open = new OpenElements(events);
  const nameAt = (start: number, end: number) => html.slice(start, end).toLowerCase();
  const nothing = () => {};
  const tokenizer = new Tokenizer(
    { decodeEntities: true, recognizeSelfClosing: isXml },
    {
      onopentagname: (start, end) => open.enter(nameAt(start, end)),
      onselfclosingtag: () => open.leaveSelfClosing(isXml),
      onclosetag: (start, end) => open.close(nameAt(start, end)),
      ontext: (start, end) => events.text(html.slice(start, end), start, end),
      ontextentity: (code, end) => events.text(String.fromCodePoint(code), end, end),
      oncdata: (start, end) => events.text(html.slice(start, end), start, end),
      onattribdata: nothing,
      onattribend: nothing,
      onattribentity: nothing,
      onattribname: nothing,
      oncomment: nothing,
      ondeclaration: nothing,
      onend: nothing,
      onopentagend: nothing,
      onprocessinginstruction: nothing,
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  open.closeAll();
}

/** The elements that are open, and for each name where in the stack its own are. */
class OpenElements {
  readonly #names: string[] = [];
  readonly #places = new Map<string, number[]>();
  readonly #events: ElementEvents;

  constructor(events: ElementEvents) {
    this.#events = events;
  }

  enter(name: string): void {
    this.#events.enter(name);
    if (VOID.has(name)) {
      this.#events.leave(name);
      return;
    }
    const places = this.#places.get(name) ?? [];
    places.push(this.#names.length);
    this.#places.set(name, places);
    this.#names.push(name);
  }

  /** In HTML a slash ends a tag only within drawings. */
  leaveSelfClosing(isXml: boolean): void {
    const name = this.#names.at(-1);
    if (name !== undefined && (isXml || this.#isOpen("svg"))) this.close(name);
  }

  /**
   * Ends the innermost element of a name, and with it all that were opened in it and never closed.
   */
  close(name: string): void {
    const place = this.#places.get(name)?.at(-1);
    if (place !== undefined) this.#closeDownTo(place);
  }

  closeAll(): void {
    this.#closeDownTo(0);
  }

  #isOpen(name: string): boolean {
    return (this.#places.get(name)?.length ?? 0) > 0;
  }

  #closeDownTo(place: number): void {
    while (this.#names.length > place) {
      const name = this.#names.pop()!;
      this.#places.get(name)?.pop();
      this.#events.leave(name);
    }
  }
}
