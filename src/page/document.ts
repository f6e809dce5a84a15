import { formatValue } from "../format.ts";
import { describeParams, type ParamSpec } from "../lesson/params.ts";
import type { LoadedSection } from "../lesson/types.ts";
import { type Markup, markup, trusted } from "../report/html/markup.ts";
import { proseMarkup } from "../report/html/prose.ts";
import { STYLE } from "../report/html/style.ts";
import type { Contents } from "./contents.ts";
import { whyNotHere } from "./runnable.ts";
import { codeMarkup } from "./step.ts";
import { wordsIn } from "./words.ts";

type ListedLesson = Contents["lessons"][number];

/** Who plays the steps of a page. */
export interface PlayedBy {
  /** a worker of the page, or the process that serves it */
  player: "worker" | "process";
  /** which model answers, as a sentence */
  about: string;
  /** the path that all pages begin with, with a slash at its end; plain files find each other */
  root?: string;
  /** that of the reader, where it is not English */
  reading?: Reading;
}

/** A language, and what the titles of lessons and sections are in it, by id, where they are. */
export interface Reading {
  language: string;
  titles: Readonly<Record<string, string>>;
}

const WORKER: PlayedBy = { player: "worker", about: "The offline model answers in this page." };

/** The first page: what there is, and where to begin. */
export function contentsPage(
  { lessons, titles }: Contents,
  { player, about, root = "", reading = ENGLISH }: PlayedBy = WORKER,
): string {
  const { language } = reading;
  const words = wordsIn(language);
  const items = lessons.map(({ id, title, about, sections }) => {
    const named = sections.map((name) => {
      const section = `${id}/${name}`;
      const note =
        player === "worker" && whyNotHere(section)
          ? markup` <span class="faint">(in the terminal)</span>`
          : "";
      return markup`<li><a href="${root}${section}/"${english(section, reading)}>${titleOf(section, titles, reading)}</a>${note}</li>`;
    });
    return markup`<section aria-labelledby="${id}"><h2 id="${id}"${english(id, reading)}>${titleOf(id, { [id]: title }, reading)}</h2>
<p${inEnglish(language)}>${about}</p><ol>${named}</ol></section>`;
  });
  return documentOf({
    title: `llm-lab: ${lowerFirst(words.title)}`,
    language,
    root,
    body: markup`<header><h1>${words.title}</h1>
${
  player === "worker"
    ? IN_PAGE
    : markup`<p>${words.about}</p>
<p>${words.where} <span${inEnglish(language)}>${about}</span></p>`
}</header>
<main id="main" tabindex="-1">${items}</main>`,
  });
}

const ENGLISH: Reading = { language: "en", titles: {} };

const titleOf = (id: string, titles: Readonly<Record<string, string>>, { titles: own }: Reading) =>
  own[id] ?? titles[id];

/** Marks a text that is English on a page that is not. */
const inEnglish = (language: string): Markup | "" =>
  language === ENGLISH.language ? "" : trusted(' lang="en"');

/** Marks the title of what the reader's language has not. */
const english = (id: string, { language, titles }: Reading): Markup | "" =>
  id in titles ? "" : inEnglish(language);

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

const IN_PAGE = markup`<p>Lessons with LangChain.js whose steps run in this page: the model, the endpoint and the vectors are part of it, so there is no
key and no server. You see every prompt that was sent, change a knob, and run it again.</p>
<p>The same lessons run in a terminal, with a real model if you like: <code>npx llm-lab lesson memory</code>.</p>`;

/** The page of a section, before anything has run. */
export function sectionPage(
  lesson: ListedLesson,
  section: LoadedSection,
  { lessons, titles }: Contents,
  { player, about, root = "../../", reading = ENGLISH }: PlayedBy = WORKER,
): string {
  // A section that is not translated is English, and its page too.
  const page = section.id in reading.titles ? reading : ENGLISH;
  const words = wordsIn(page.language);
  const all = lessons.flatMap(({ id, sections }) => sections.map((name) => `${id}/${name}`));
  const at = all.indexOf(section.id);
  const link = (id: string | undefined, rel: "prev" | "next", way: string) =>
    id === undefined
      ? ""
      : markup`<a rel="${rel}" href="${root}${id}/">${way}: <span${english(id, page)}>${titleOf(id, titles, page)}</span></a>`;
  const lessonTitle = page.titles[lesson.id] ?? lesson.title;
  const why = player === "worker" ? whyNotHere(section.id) : undefined;
  const run = why
    ? markup`<p class="line strong">${why} In a terminal: <code>npx llm-lab lesson ${section.id}</code></p>`
    : markup`<form class="params">${paramsMarkup(section, page.language)}<p><button type="submit" disabled>${words.runAll}</button>
<button type="button" class="stop" hidden>${words.stop}</button> <span class="state" role="status">${player === "worker" ? words.needsServer : words.needsScript}</span></p>
${player === "worker" && section.kits.includes("vectors") ? markup`<p class="faint">The vector store of this page is LangChain's own, in memory, as with --store memory in the terminal.</p>` : ""}
<p class="faint">${words.keys}</p></form>`;
  const steps = section.steps.map(
    (
      { id, title, prose, code },
      place,
    ) => markup`<section class="step" aria-labelledby="step-${place + 1}">
<h2 id="step-${place + 1}">${words.step} ${place + 1} ${words.of} ${section.steps.length} · ${title}</h2>
${proseMarkup(prose)}<div${inEnglish(page.language)}>${codeMarkup(code)}</div>
${why ? "" : markup`<p><button type="button" class="run" data-step="${place + 1}" disabled>${words.runOne}</button></p>`}
<div class="result" data-of="${id}" role="group" aria-label="What came of step ${place + 1}" tabindex="-1"${inEnglish(page.language)}></div></section>`,
  );
  return documentOf({
    title: `${section.title} · ${lessonTitle} · llm-lab`,
    language: page.language,
    root,
    script: !why,
    body: markup`<header><p class="faint"><a href="${root}">llm-lab</a> · <a href="${root}#${lesson.id}">${lessonTitle}</a></p>
<h1>${section.title}</h1>${proseMarkup(section.prose)}</header>
<main id="main" tabindex="-1" data-section="${section.id}" data-player="${player}" data-about="${about}">${run}${steps}</main>
<nav aria-label="${words.others}"><p class="ways">${link(all[at - 1], "prev", words.before)} ${link(all[at + 1], "next", words.next)}</p></nav>`,
  });
}

function paramsMarkup({ params }: LoadedSection, language: string): Markup | "" {
  const described = describeParams(params, {});
  if (described.length === 0) return "";
  const rows = described.map(({ name, kind, value, help, range }) => {
    const usual = formatValue(value);
    const field = fieldMarkup(name, kind, usual, params[name]?.choices);
    return markup`<p><label for="param-${name}"><code>${name}</code> <span class="faint">${help}; <span${inEnglish(language)}>${range}</span></span></label>${field}</p>`;
  });
  return markup`<fieldset><legend>${wordsIn(language).knobs}</legend>${rows}</fieldset>`;
}

function fieldMarkup(
  name: string,
  kind: ParamSpec["kind"],
  usual: string,
  choices: readonly string[] | undefined,
): Markup {
  if (choices)
    return markup`<select id="param-${name}" name="${name}">${choices.map(
      (choice) => markup`<option${choice === usual ? trusted(" selected") : ""}>${choice}</option>`,
    )}</select>`;
  if (kind === "text" && usual.length > 40)
    return markup`<textarea id="param-${name}" name="${name}" rows="3">${usual}</textarea>`;
  const mode = kind === "text" ? "" : trusted(' inputmode="decimal"');
  return markup`<input id="param-${name}" name="${name}" value="${usual}" autocomplete="off"${mode}>`;
}

interface DocumentParts {
  title: string;
  language: string;
  root: string;
  body: Markup;
  script?: boolean;
}

function documentOf(of: DocumentParts): string {
  const script = of.script
    ? markup`<script type="module" src="${of.root}assets/page.js"></script>`
    : "";
  return `${markup`<!doctype html>
<html lang="${of.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${of.title}</title>
<link rel="icon" href="data:,">
<style>${trusted(STYLE)}${trusted(PAGE_STYLE)}</style>${script}
</head>
<body>
<a class="skip" href="#main">${wordsIn(of.language).skip}</a>
<div class="frame">${of.body}</div>
</body>
</html>
`}`;
}

const PAGE_STYLE = `
button{font:inherit;padding:.35rem .9rem;border:1px solid var(--line);border-radius:6px;background:var(--shade);color:var(--ink);cursor:pointer}
button:disabled{color:var(--faint);cursor:default}
button.choice{display:block;margin:.3rem 0;text-align:left}
fieldset{border:1px solid var(--rule);border-radius:8px;margin:1rem 0;padding:.2rem 1rem .6rem}
input,select,textarea{font:inherit;display:block;width:100%;max-width:30rem;padding:.3rem .5rem;border:1px solid var(--line);border-radius:6px;background:var(--paper);color:var(--ink)}
.result:not(:empty){border-left:3px solid var(--reply);padding-left:1rem;margin:1rem 0}
.ways{display:flex;gap:1rem;justify-content:space-between;flex-wrap:wrap;padding:.6rem 0}
`;
