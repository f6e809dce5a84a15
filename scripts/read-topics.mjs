import { parseSync } from "rolldown/utils";
import { findSection, propertyOf } from "./read-section.mjs";

/**
 * Reads from a section's file what `llm-lab help` finds it by: whom its prose sends to a passage of
 * the handbook, which terms it introduces (in italics), its params, and what its code takes of
 * packages.
 *
 * @param {string} code the text of the file
 * @param {string} file its path from the root of the project
 * @param {import("../src/lesson/types.ts").SectionSource} source what a page shows of the file
 * @returns {import("../src/guide/sections.ts").SectionTopics}
 */
export function readTopics(code, file, { prose, steps }) {
  const { program } = parseSync(file, code, { lang: "ts" });
  const { call } = findSection(program.body);
  const [of] = call.arguments;
  const params = propertyOf(of, "params")?.properties ?? [];
  return {
    title: propertyOf(of, "title").value,
    ...mentionsIn(prose),
    steps: inOrder(steps, program).map(({ title, prose }) => ({ title, ...mentionsIn(prose) })),
    params: params.map(({ key, value }) => readParam(key.name, value)),
    names: namesIn(program, steps),
  };
}

/** Passages that a text names in a command, and terms that stand in italics. */
function mentionsIn(prose) {
  const text = prose.replaceAll(/\s+/g, " ");
  const passages = [...text.matchAll(/`llm-lab help ([\w-]+)`/g)].map(([, id]) => id);
  const terms = [...text.matchAll(/(?<![*\w])\*(\w[^*]*)\*(?![*\w])/g)].map(([, term]) => term);
  return { passages, terms };
}

/** The steps as they are played: in the order of the last line's `lab.steps(…)`. */
function inOrder(steps, program) {
  const { declaration } = program.body.find(({ type }) => type === "ExportDefaultDeclaration");
  const names = declaration.arguments.map((node) => {
    let first = node;
    while (first.type !== "Identifier") first = first.callee?.object ?? first.object;
    return first.name;
  });
  return names.flatMap((name) => steps.filter((step) => step.name === name));
}

/** A param as it is written: its kind, default, bounds and help. */
function readParam(name, { callee, arguments: [of] }) {
  const writtenAt = (key) => literal(propertyOf(of, key));
  const choices = propertyOf(of, "choices")?.elements?.map(literal);
  const [min, max] = [writtenAt("min"), writtenAt("max")];
  const help = writtenAt("help");
  return { name, kind: callee.name, default: writtenAt("default"), min, max, choices, help };
}

function literal(node) {
  if (node?.type === "UnaryExpression") return -node.argument.value;
  return node?.value;
}

/** What the code takes of packages: classes and functions, and methods and options of such. */
function namesIn({ body }, steps) {
  const imported = body
    .filter(({ type, source }) => type === "ImportDeclaration" && !source.value.startsWith("."))
    .flatMap(({ specifiers }) => specifiers.map(({ imported }) => imported?.name));
  const written = steps.flatMap(({ code }) =>
    [...code.text.matchAll(/\.([a-z]+[A-Z]\w*)\(|\b([a-z]+[A-Z]\w*): /g)].map(
      ([, method, option]) => method ?? option,
    ),
  );
  const used = steps.map(({ code }) => code.text).join("\n");
  const own = new Set([...imported, ...written].filter((name) => name !== undefined));
  return [...own].filter((name) => new RegExp(`\\b${name}\\b`).test(used)).sort();
}
