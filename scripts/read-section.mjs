import { parseSync } from "rolldown/utils";

/** What fits beside its prose on one screen. */
const MOST_LINES = 25;
const MOST_COLUMNS = 80;

/**
 * Reads from a section's file what a page shows of it: the comments above its parts, and the bodies
 * of its steps.
 *
 * @param {string} code the text of the file
 * @param {string} file its path from the root of the project, with forward slashes
 * @param {readonly string[]} kits the names of the kits that there are
 * @returns {import("../src/lesson/types.ts").SectionSource | undefined} undefined for a file that
 *   exports no section
 * @throws {Error} with a line for each fault: where it is, what is wrong, and what to do
 */
export function readSection(code, file, kits) {
  const { program, errors } = parseSync(file, code, { lang: "ts" });
  // Whoever compiles the file says where its syntax is wrong.
  if (errors.length > 0) return undefined;
  if (!program.body.some(exportsDefault) && !program.body.some(importsSection)) return undefined;
  const page = new Page(code, file);
  const section = findSection(program.body);
  if (!section) {
    page.fault(
      program.body.find(exportsDefault) ?? program,
      'The file makes no section. It needs a line "const lab = section({" at its margin.',
    );
    throw page.faults();
  }
  const prose = page.proseAbove(section.statement, "section");
  checkKits(section.call, kits, page);
  const steps = readSteps(program.body, section.name, page);
  if (!program.body.some(exportsDefault)) {
    page.fault(
      section.statement,
      `The file does not export its steps. End it with "export default ${section.name}.steps(…)".`,
    );
  }
  for (const call of callsIn(program)) {
    if (call.callee.property?.name === "predict") checkChoices(call, page);
    if (call.callee.property?.name === "expect") readExpectation(call, section.name, steps, page);
  }
  if (page.hasFaults) throw page.faults();
  return { prose, steps };
}

/**
 * Reads the title of a section's file.
 *
 * @param {string} code the text of the file
 * @param {string} file its path, for the parser
 * @returns {string | undefined} undefined for a file that makes no section
 */
export function readTitle(code, file) {
  const { program } = parseSync(file, code, { lang: "ts" });
  const section = findSection(program.body);
  return section && propertyOf(section.call.arguments[0], "title")?.value;
}

/**
 * Checks that a lesson's list of sections names each like its file.
 *
 * @param {string} code the text of the lesson's file
 * @param {string} file its path from the root of the project
 * @throws {Error} with a line for each fault
 */
export function checkLesson(code, file) {
  const page = new Page(code, file);
  const { program } = parseSync(file, code, { lang: "ts" });
  const call = callsIn(program).find(({ callee }) => callee.name === "lesson");
  for (const { key, value } of propertyOf(call?.arguments[0], "sections")?.properties ?? []) {
    const id = key.name ?? key.value;
    const imported = value?.body?.source?.value;
    if (imported !== undefined && imported !== `./${id}.ts`) {
      page.fault(key, `The section "${id}" comes from ${imported}. Name it like its file.`);
    }
  }
  if (page.hasFaults) throw page.faults();
}

/** A file by its lines, and what is wrong with it. */
class Page {
  #code;
  #file;
  #lines;
  #faults = [];

  constructor(code, file) {
    this.#code = code;
    this.#file = file;
    this.#lines = code.split("\n");
  }

  get hasFaults() {
    return this.#faults.length > 0;
  }

  faults() {
    const sorted = this.#faults.toSorted((one, other) => one.line - other.line);
    const told = sorted.map(({ line, sentence }) => `${this.#file}:${line}: ${sentence}`);
    return new Error(told.join("\n"));
  }

  fault(node, sentence) {
    this.#faults.push({ line: this.lineAt(node.start), sentence });
  }

  /** The line that a place of the text is on, from 1. */
  lineAt(place) {
    return this.#code.slice(0, place).split("\n").length;
  }

  /**
   * The `//` lines right above a statement, joined to paragraphs: an empty `//` line parts them.
   */
  proseAbove(node, what) {
    const above = this.#lines.slice(0, this.lineAt(node.start) - 1);
    const first = above.findLastIndex((line) => !line.startsWith("//")) + 1;
    const prose = above
      .slice(first)
      .map((line) => line.replace(/^\/\/ ?/, ""))
      .join("\n")
      .split(/\n\s*\n/)
      .map((paragraph) => paragraph.replaceAll("\n", " ").trim())
      .join("\n\n");
    if (prose === "")
      this.fault(node, `The ${what} has no comment above it. Write its prose there.`);
    return prose;
  }

  /** The lines between the braces of a body, less their common indentation. */
  codeOf(body, what) {
    const [open, close] = [this.lineAt(body.start), this.lineAt(body.end)];
    const taken = this.#lines.slice(open, close - 1);
    const indents = taken.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
    const common = Math.min(...indents, Number.POSITIVE_INFINITY);
    const lines = taken.map((line) => line.slice(common));
    if (indents.length === 0)
      this.fault(body, `The ${what} has no line of its own in its body. Run "npm run format".`);
    if (lines.length > MOST_LINES)
      this.fault(
        body,
        `The ${what} has ${lines.length} lines of code. A page takes ${MOST_LINES}.`,
      );
    for (const [at, line] of lines.entries()) {
      if (line.length <= MOST_COLUMNS) continue;
      const where = { start: this.#placeOf(open + at) };
      this.fault(
        where,
        `A line of the ${what} has ${line.length} columns. A page takes ${MOST_COLUMNS}.`,
      );
    }
    return { file: this.#file, line: open + 1, text: lines.join("\n") };
  }

  /** Where the line with this index begins. */
  #placeOf(index) {
    return this.#lines.slice(0, index).reduce((sum, line) => sum + line.length + 1, 0);
  }
}

function readSteps(statements, sectionName, page) {
  const steps = [];
  const isStep = ({ callee }) =>
    callee.property?.name === "step" && callee.object?.name === sectionName;
  for (const statement of statements) {
    const calls = callsIn(statement).filter(isStep);
    const declared = statement.type === "VariableDeclaration" && calls.length === 1;
    if (declared) {
      const name = statement.declarations[0].id.name;
      steps.push(readStep(statement, name, calls[0], page));
      continue;
    }
    for (const call of calls) {
      const example = `"const name = ${sectionName}.step(…)"`;
      page.fault(call, `A step must be a constant of its own at the margin: ${example}.`);
    }
  }
  const titles = new Map();
  for (const { step, node } of steps) {
    const earlier = titles.get(step.title);
    if (earlier !== undefined)
      page.fault(node, `The steps ${earlier} and ${step.name} have one title: "${step.title}".`);
    titles.set(step.title, step.name);
  }
  return steps.map(({ step }) => step);
}

function readStep(statement, name, { arguments: [title, body] }, page) {
  const what = `step ${name}`;
  const prose = page.proseAbove(statement, what);
  let code = { file: "", line: 0, text: "" };
  if (typeof title?.value !== "string")
    page.fault(
      title ?? statement,
      `The ${what} needs a title in quotes, so that the page finds it.`,
    );
  if (body?.type === "ArrowFunctionExpression" && body.body.type === "BlockStatement")
    code = page.codeOf(body.body, what);
  else
    page.fault(
      body ?? statement,
      `The ${what} needs its body in place: "async ({ chat }) => { … }".`,
    );
  return { node: statement, step: { name, title: title?.value, prose, code, expects: [] } };
}

/** Adds a claim and its line to its step: the constant that the chain of calls begins with. */
function readExpectation(call, sectionName, steps, page) {
  let about = call.callee.object;
  while (about?.type === "CallExpression" && about.callee.object?.name !== sectionName)
    about = about.callee.object;
  const title = about?.arguments?.[0]?.value;
  const step = steps.find(({ name }) => name === about?.name) ?? stepTitled(title, steps);
  // Something else that is called so, in the body of a step.
  if (!step) return;
  const { property } = call.callee;
  const claim = call.arguments[0]?.value;
  if (typeof claim !== "string")
    page.fault(property, `An outcome of the step ${step.name} needs its claim in quotes.`);
  else if (step.expects.some((other) => other.claim === claim))
    page.fault(property, `The step ${step.name} claims "${claim}" twice.`);
  else step.expects.push({ claim, line: page.lineAt(property.start) });
}

const stepTitled = (title, steps) =>
  title === undefined ? undefined : steps.find((step) => step.title === title);

function checkKits(call, kits, page) {
  const asked = propertyOf(call.arguments[0], "kits")?.elements ?? [];
  for (const kit of asked) {
    if (!kits.includes(kit?.name))
      page.fault(kit ?? call, `There is no kit "${kit?.name}". The kits are ${kits.join(", ")}.`);
  }
}

function checkChoices(call, page) {
  const question = propertyOf(call.arguments[0], "question")?.value;
  const list = propertyOf(call.arguments[0], "choices");
  const choices = (list?.elements ?? []).map(({ value }) => String(value));
  const doubled = choices.find((choice, at) => choices.indexOf(choice) < at);
  if (doubled !== undefined)
    page.fault(list, `The question "${question}" offers "${doubled}" twice.`);
  // Choices that depend on params are known when the step is reached.
  if (list && list.type !== "ArrowFunctionExpression" && choices.length < 2)
    page.fault(list, `The question "${question}" needs at least two choices.`);
}

/** `const lab = section({…})` at the margin. */
export function findSection(statements) {
  for (const statement of statements) {
    const declared =
      statement.type === "VariableDeclaration" ? statement.declarations[0] : undefined;
    if (declared?.init?.callee?.name === "section")
      return { statement, name: declared.id.name, call: declared.init };
  }
  return undefined;
}

const exportsDefault = ({ type }) => type === "ExportDefaultDeclaration";

const importsSection = ({ type, source, specifiers }) =>
  type === "ImportDeclaration" &&
  /\/lab\.ts$/.test(source.value) &&
  specifiers.some(({ imported }) => imported?.name === "section");

/** The value of a property that an object literal has by this name. */
export function propertyOf(object, name) {
  return object?.properties?.find(({ key }) => key?.name === name)?.value;
}

/** All calls in a piece of a program, in order. */
function callsIn(node) {
  if (node === null || typeof node !== "object") return [];
  const inner = Object.values(node).flatMap(callsIn);
  return node.type === "CallExpression" ? [node, ...inner] : inner;
}
