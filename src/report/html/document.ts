import type { Part, Report } from "../blocks.ts";
import { REPORT_MARK } from "../mark.ts";
import { blockMarkup } from "./blocks.ts";
import { type Markup, markup, trusted } from "./markup.ts";
import { STYLE } from "./style.ts";

/** Nothing is loaded and nothing runs, whatever stands in a report. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** A report as one page that opens from disk. */
export function htmlOf(report: Report, about: { written: string; version: string }): string {
  const { title, kind, facts, parts, left, ending } = report;
  const rows = facts.map(([name, value]) => markup`<dt>${name}</dt><dd dir="auto">${value}</dd>`);
  const notes = left.map((text) => markup`<p class="line bad">${text}</p>`);
  const end = ending === undefined ? "" : markup`<p class="line strong">${ending}</p>`;
  return `${markup`<!doctype html>
${trusted(REPORT_MARK)}
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="llm-lab ${about.version}">
<title>${title} · llm-lab</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<div class="frame">
<header><p class="faint">llm-lab · report of ${ARTICLES[kind] ?? `a run of ${kind}`}</p>
<h1 dir="auto">${title}</h1>
<dl class="facts">${rows}</dl>${end}${notes}</header>
<nav aria-labelledby="contents"><details><summary><h2 id="contents">Contents</h2></summary>${contents(parts)}</details></nav>
<main id="main" tabindex="-1">${howToRead(report)}${parts.map((part) => partMarkup(part, 2))}</main>
<footer><p>Written by llm-lab ${about.version} on ${about.written}.</p></footer>
</div>
</body>
</html>
`}`;
}

const ARTICLES: Record<string, string> = {
  lesson: "a lesson",
  chat: "a conversation",
  index: "an index",
  ask: "a question to documents",
  train: "a training",
  xray: "another program's calls",
};

function contents(parts: readonly Part[]): Markup {
  const items = parts.map(
    ({ id, title, parts: inner }) =>
      markup`<li><a href="#${id}" dir="auto">${title}</a>${inner.length > 0 ? contents(inner) : ""}</li>`,
  );
  return markup`<ol>${items}</ol>`;
}

function partMarkup({ id, title, blocks, parts }: Part, level: 2 | 3 | 4): Markup {
  const tag = trusted(`h${level}`);
  const inner = parts.map((part) => partMarkup(part, level === 2 ? 3 : 4));
  return markup`<section aria-labelledby="${id}"><${tag} id="${id}" tabindex="-1" dir="auto">${title}</${tag}>${blocks.map(blockMarkup)}${inner}</section>
`;
}

/** What the signs of a prompt mean, where there is one. */
function howToRead({ parts }: Report): Markup | "" {
  const hasCalls = (part: Part): boolean =>
    part.blocks.some(({ type, ...block }) => type === "fold" && "id" in block) ||
    part.parts.some(hasCalls);
  if (!parts.some(hasCalls)) return "";
  return markup`<details><summary><span class="what">How to read the calls</span></summary><div class="inside"><p>Each call is a fold: who makes it → the model, what was asked → the reply. Inside stands the prompt as it was sent. Beside each line stands where it comes from:</p><ul>${ORIGINS.map(
    ([name, means]) => markup`<li><span class="o-${name}">${name}</span>: ${means}</li>`,
  )}</ul><p>A line with a + was not in the prompt before of the same caller.</p></div></details>`;
}

const ORIGINS: [name: string, means: string][] = [
  [
    "template",
    "words of the program, the same in each call; system where they are the system message",
  ],
  ["history", "messages of earlier turns"],
  ["summary", "a summary that the model wrote earlier"],
  ["context", "passages that were fetched for the question"],
  ["input", "what was asked now"],
  ["call", "a tool that the model called"],
  ["result", "what a tool gave back"],
];
