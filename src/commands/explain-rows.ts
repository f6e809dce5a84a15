import { formatValue } from "../format.ts";
import { exercisesOn } from "../guide/exercises.ts";
import { type KnobLink, knobsOn, rangeOf } from "../guide/knobs.ts";
import { type SectionLink, sectionsOn, sectionsUsing } from "../guide/sections.ts";
import { variables } from "../guide/settings.ts";
import { gists, handbook } from "../handbook/handbook.ts";
import type { Passage } from "../handbook/passages.ts";
import { keyOf } from "../offline/topics.ts";
import type { Exercise } from "../workbook/exercises.ts";
import type { Entry, Row } from "./help-page.ts";
import type { Verb } from "./verb.ts";

const FEW = { sections: 3, knobs: 2, exercises: 2, flags: 2 };

/** What stands below a passage: where the lessons show it, what can be turned, set and tried. */
export function rowsOn(passage: Passage, verbs: readonly Verb[]): Row[] {
  return rows(passage, verbs, FEW);
}

/** All of it, and the other passages of its chapter and those that lead to it. */
export function rowsOnMore(passage: Passage, verbs: readonly Verb[]): Row[] {
  const all = { sections: Infinity, knobs: Infinity, exercises: Infinity, flags: Infinity };
  const others = handbook().filter(({ id }) => id !== passage.id);
  const leading = others.filter(({ seeAlso }) => seeAlso.includes(passage.id));
  const beside = others.filter(({ chapter }) => chapter === passage.chapter);
  return [
    ...rows(passage, verbs, all),
    ...(passage.aliases.length > 0 ? [aliasRow(passage)] : []),
    passageRow("Leads here", leading),
    passageRow("Chapter", beside),
  ];
}

function rows(passage: Passage, verbs: readonly Verb[], most: typeof FEW): Row[] {
  const links = sectionsOn(passage);
  return [
    limited("Lessons", links.map(sectionEntry), most.sections),
    knobRow(knobsOn(passage, links), most.knobs),
    limited("Write it", exercisesOn(passage, links).map(exerciseEntry), most.exercises),
    flagRow(passage.id, verbs, most.flags),
    variableRow(passage),
  ];
}

function limited(label: string, entries: Entry[], most: number): Row {
  return { label, entries: entries.slice(0, most), left: Math.max(0, entries.length - most) };
}

function sectionEntry({ id, title, step }: SectionLink): Entry {
  const from = step === undefined || step.number === 1 ? "" : ` --step ${step.number}`;
  return [`llm-lab lesson ${id}${from}`, step?.title ?? title];
}

export const exerciseEntry = ({ name, title }: Exercise): Entry => [
  `llm-lab watch ${name}`,
  `exercise: ${title}`,
];

/** Params, as they are set; one that several sections have alike is told once for each. */
export function knobRow(knobs: readonly KnobLink[], most: number): Row {
  const entries = knobs.map(
    ({ section, knob }): Entry => [
      `llm-lab lesson ${section} --set ${knob.name}=${exampleOf(knob)}`,
      `${knob.help} (${rangeOf(knob)})`,
    ],
  );
  return limited("Params", entries, most);
}

/** Another value than the usual one, so that the command shows something. */
function exampleOf({ kind, default: usual, min, max, choices }: KnobLink["knob"]): string {
  if (kind === "choice") return choices?.find((one) => one !== usual) ?? "…";
  if (kind === "flag") return usual === true ? "no" : "yes";
  if (kind === "text") return "…";
  const value = Number(usual);
  const next = kind === "integer" ? value + Math.max(1, value) : value * 2;
  return formatValue(next <= (max ?? next) ? next : (min ?? value));
}

/** Flags of the commands, by their names, `k` and `--k`, and the commands that have them. */
export function flagRow(asked: string, verbs: readonly Verb[], most: number): Row {
  const wanted = asked.startsWith("-") ? asked : `--${keyOf(asked).replaceAll(" ", "-")}`;
  const found = new Map<string, { spec: string; help: string; verbs: string[] }>();
  for (const { name, flags } of verbs.filter(({ hidden }) => !hidden))
    for (const { spec, help } of Object.values(flags)) {
      if (!isNamed(spec, wanted)) continue;
      const known = found.get(`${spec} ${help}`) ?? { spec, help, verbs: [] };
      found.set(`${spec} ${help}`, { ...known, verbs: [...known.verbs, name] });
    }
  const entries = [...found.values()].map(({ spec, help, verbs: [first, ...more] }): Entry => {
    if (more.length === 0) return [`llm-lab ${first} ${spec}`, help];
    return [spec, `${help} (${[first, ...more].join(", ")})`];
  });
  return limited("Flags", entries, most);
}

function isNamed(spec: string, wanted: string): boolean {
  const [flag = ""] = spec.split(" ");
  return [flag, flag.replace(/s$/, "")].includes(wanted.toLowerCase());
}

/** Variables of the passage's name: OPENAI_API_KEY of api-key. */
function variableRow(passage: Passage): Row {
  const names = [passage.id, passage.title].map(keyOf);
  const isOf = (name: string) => {
    const words = keyOf(name.replaceAll("_", " "));
    return names.some((one) => words === `openai ${one}` || words === `llm lab ${one}`);
  };
  const found = variables().filter(({ name }) => isOf(name));
  const entries = found.map(({ name, about }): Entry => [name, about]);
  return { label: "Variables", entries };
}

/** Sections in whose code a name stands. */
export function codeRow(asked: string, all: boolean): Row {
  return limited("In code", sectionsUsing(asked).map(sectionEntry), all ? Infinity : 3);
}

/** Passages under their names, with what each is about. */
export function passageRow(label: string, passages: readonly Passage[]): Row {
  const known = gists();
  return { label, entries: passages.map(({ id }): Entry => [id, known.get(id) ?? ""]) };
}

const aliasRow = ({ aliases }: Passage): Row => ({
  label: "Names",
  entries: [[aliases.join(", "), ""]],
});
