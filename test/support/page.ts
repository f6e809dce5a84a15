import { type DefaultTreeAdapterTypes, parse } from "parse5";

type Node = DefaultTreeAdapterTypes.ChildNode | DefaultTreeAdapterTypes.Document;
export type Element = DefaultTreeAdapterTypes.Element;

/** A page as a browser reads it. */
export interface ReadPage {
  /** what the parser of the HTML standard complains of */
  errors: string[];
  elements: Element[];
  /** all text of an element, such as "main" */
  textOf(tag: string): string;
  attribute(element: Element, name: string): string | undefined;
}

export function readPage(html: string): ReadPage {
  const errors: string[] = [];
  const onParseError = ({ code, startLine, startCol }: { [key in string]: string | number }) =>
    errors.push(`${code} at ${startLine}:${startCol}`);
  const document = parse(html, { onParseError: onParseError as never });
  const elements = [...elementsIn(document)];
  return {
    errors,
    elements,
    textOf: (tag) =>
      elements
        .filter(({ tagName }) => tagName === tag)
        .map(textIn)
        .join("\n"),
    attribute: (element, name) => element.attrs.find((one) => one.name === name)?.value,
  };
}

/** What is wrong with a page that everybody should be able to read, and that asks for nothing. */
export function faultsOf({ errors, elements, attribute }: ReadPage): string[] {
  const ids = elements.flatMap((element) => attribute(element, "id") ?? []);
  const double = ids.filter((id, at) => ids.indexOf(id) !== at);
  const levels = elements.flatMap(({ tagName }) =>
    /^h[1-6]$/.test(tagName) ? [Number(tagName[1])] : [],
  );
  const jumps = levels.filter((level, at) => level > (levels[at - 1] ?? 0) + 1);
  const attributes = elements.flatMap((element) =>
    element.attrs.map((one) => ({ element, ...one })),
  );
  const far = attributes.filter(
    ({ name, value }) =>
      /^(?:src|srcset|href|action|poster|data|background)$/.test(name) && !value.startsWith("#"),
  );
  const lost = attributes.filter(
    ({ name, value }) => name === "href" && !ids.includes(value.slice(1)),
  );
  const active = attributes.filter(({ name }) => name.startsWith("on"));
  const scripts = elements.filter(({ tagName }) =>
    /^(?:script|iframe|object|embed|link|base|form|img|input|button)$/.test(tagName),
  );
  const count = (tag: string) => elements.filter(({ tagName }) => tagName === tag).length;
  return [
    ...errors,
    ...double.map((id) => `the id ${id} is there twice`),
    ...jumps.map((level) => `a heading jumps to level ${level}`),
    ...far.map(({ name, value }) => `${name}="${value}" leads elsewhere`),
    ...lost.map(({ value }) => `${value} leads nowhere`),
    ...active.map(({ name }) => `an attribute ${name}`),
    ...scripts.map(({ tagName }) => `an element ${tagName}`),
    ...["main", "nav", "header", "h1", "head", "footer"].flatMap((tag) =>
      count(tag) === 1 ? [] : [`${count(tag)} elements ${tag}`],
    ),
    ...(attribute(elements[0] as Element, "lang") === "en" ? [] : ["no language"]),
  ];
}

function* elementsIn(node: Node): Generator<Element> {
  if ("tagName" in node) yield node;
  for (const child of "childNodes" in node ? node.childNodes : []) yield* elementsIn(child);
}

function textIn(node: Node): string {
  if (node.nodeName === "#text") return (node as DefaultTreeAdapterTypes.TextNode).value;
  return "childNodes" in node ? node.childNodes.map(textIn).join("") : "";
}
