import { readFileSync } from "node:fs";
import { join } from "node:path";
import { leftOut } from "./body.mjs";
import { Modules } from "./modules.mjs";
import { fileOf, giveStandIns, isModel, refusal, SETTINGS } from "./stand-ins.mjs";
import { cut, freeNames, namesIn, propertyNames, typesIn, walk } from "./syntax.mjs";

/**
 * Reads from a section's file what programs of its steps are put together from: all of it as
 * JavaScript.
 *
 * @param {string} root the folder of the project
 * @param {string} file the section's file, from the root
 * @param {import("../../src/lesson/types.ts").SectionSource} source what a page shows of the file
 * @returns {import("../../src/code/parts.ts").SectionParts}
 */
export function readProgram(root, file, source) {
  const modules = new Modules(root);
  const module = modules.module(file);
  const versionOf = versionsIn(root);
  const texts = [];
  const place = (text) => {
    if (!texts.includes(text)) texts.push(text);
    return texts.indexOf(text);
  };
  const programOf = (list) => {
    if (list.length === 0) return undefined;
    const { imports, top, bottom, ...rest } = compose(list, modules, file);
    const packages = packagesOf(imports).map((name) => `${name}@${versionOf(name)}`);
    const params = list.some(({ params }) => !params)
      ? undefined
      : list.flatMap(({ params }) => params);
    const steps = list.map(({ name }) => name);
    const lines = importLines(imports);
    return {
      ...rest,
      imports: lines,
      packages,
      params,
      steps,
      top: top.map(place),
      bottom: bottom.map(place),
    };
  };
  const steps = source.steps.map((step) => {
    const read = readStep(step, module);
    return { ...read, refused: refusal({ ...together([read], modules, file), body: read.body }) };
  });
  return {
    steps: steps.map((step) => {
      const { name, title, text, refused } = step;
      return { name, title, text, refused, program: refused ? undefined : programOf([step]) };
    }),
    section: programOf(steps.filter(({ refused }) => refused === undefined)),
    texts,
  };
}

/**
 * What the panel of each step shows under its code: what the body imports, and the helpers that it
 * calls.
 */
export function readUses(root, file, source, code) {
  const modules = new Modules(root);
  modules.give(file, code);
  const module = modules.module(file);
  return source.steps.map((step) => {
    const { body, tools } = bodyOf(step, module);
    const names = [...freeNames(body)].filter((name) => !tools.has(name));
    const { pieces, imports } = modules.closure(names, file, LAB);
    return {
      imports: imports.map(({ name, package: from }) => ({
        name,
        from: LAB.test(from) ? "llm-lab" : from,
      })),
      helpers: pieces.map(({ names: [name = ""], source: text }) => ({ name, text })),
    };
  });
}

/** What lessons take from llm-lab. */
const LAB = /\/src\/lab\.ts$/;

/** The body of a step, and the tools that it takes from its context. */
function bodyOf({ name, title }, module) {
  const { program } = module;
  const statement = program.body.find((one) => one.declarations?.[0]?.id.name === name);
  const call = [...walk(statement)].find(
    ({ type, arguments: given }) => type === "CallExpression" && given[0]?.value === title,
  );
  const arrow = call.arguments[1];
  const [context] = arrow.params;
  const opened = arrow.body.body.find(
    ({ declarations }) =>
      context?.type === "Identifier" && declarations?.[0]?.init?.name === context.name,
  );
  const pattern = opened ? opened.declarations[0].id : context;
  return { statement, body: arrow.body, opened, tools: new Set(namesIn(pattern)) };
}

function readStep(step, module) {
  const { name, title } = step;
  const { code } = module;
  const { statement, body, opened, tools } = bodyOf(step, module);
  const { nodes, cuts } = leftOut(body, opened);
  const free = freeNames(body, new Set(nodes));
  const types = typesIn(body, code);
  const text = bodyText(code, body, [...types, ...cuts]);
  return {
    name,
    title,
    body,
    text: `${module.commentAbove(statement)}async function ${name}() {\n${text}\n}`,
    params: paramsIn(body, new Set(nodes)),
    tools: new Set([...tools].filter((tool) => free.has(tool))),
    free: new Set([...free].filter((one) => !tools.has(one))),
    properties: propertyNames(body, new Set(nodes)),
  };
}

/**
 * The lines of a body, indented by two; a text that goes over several lines is left where it is.
 */
function bodyText(code, body, cuts) {
  const lines = cut(code, [body.start + 1, body.end - 1], cuts).split("\n");
  const isText = ({ type, value }) => type === "TemplateElement" && value.raw.includes("\n");
  const kept = lines
    .join("\n")
    .replaceAll(/\n\s*\n\s*\n/g, "\n\n")
    .replace(/^\s*\n/, "")
    .trimEnd();
  if ([...walk(body)].some(isText)) return kept;
  const indents = kept
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => line.search(/\S/));
  const common = Math.max(0, Math.min(...indents) - 2);
  return kept
    .split("\n")
    .map((line) => line.slice(common))
    .join("\n");
}

/** What several steps need, taken together, of the section's file and of what that imports. */
function together(list, modules, file) {
  const union = (key) => new Set(list.flatMap((step) => [...step[key]]));
  const own = modules.closure(union("free"), file);
  const properties = union("properties");
  for (const piece of own.pieces) for (const name of piece.properties) properties.add(name);
  return { own, properties, tools: union("tools") };
}

function compose(list, modules, file) {
  const { own, properties, tools } = together(list, modules, file);
  const imported = new Set(own.imports.map(({ name }) => name));
  giveStandIns(modules, { tools, imported, properties });
  const stands = [...tools].filter((tool) => !SETTINGS.includes(tool)).sort(modelsFirst);
  const all = [own, ...stands.map((tool) => modules.closure([tool], fileOf(tool)))];
  const pieces = [...new Set(all.flatMap((closure) => closure.pieces))];
  const isBottom = (piece) => piece.isFunction && piece.file === fileOf("show");
  const unknown = new Set([...all.flatMap((closure) => [...closure.unknown]), ...tools]);
  check(pieces, list, file, unknown, stands);
  return {
    imports: all
      .flatMap(({ imports }) => imports)
      .map(({ package: from, imported: of, name }) => ({ from, of, name })),
    settings: SETTINGS.filter((name) => unknown.has(name)),
    top: pieces.filter((piece) => !isBottom(piece)).map(({ text }) => text),
    bottom: pieces.filter(isBottom).map(({ text }) => text),
  };
}

const modelsFirst = (one, other) => Number(isModel(other)) - Number(isModel(one));

/**
 * A program in which two things have one name, or in which a name means nothing, does not come
 * into being.
 */
function check(pieces, list, file, unknown, stands) {
  const names = [...pieces.flatMap((piece) => piece.names), ...list.map(({ name }) => name)];
  const doubled = names.find((name, at) => names.indexOf(name) < at);
  if (doubled)
    throw new Error(`${file}: a program of its steps would have two things called ${doubled}`);
  const strange = [...unknown].find(
    (name) => !SETTINGS.includes(name) && !stands.includes(name) && !(name in globalThis),
  );
  if (strange) throw new Error(`${file}: a step uses ${strange}, which nothing declares`);
}

/** The params that a body reads by name; undefined where it may read any. */
function paramsIn(body, without) {
  const names = [];
  let known = 0;
  let all = 0;
  for (const node of walk(body, (inner) => !without.has(inner))) {
    if (node.type === "Identifier" && node.name === "params") all += 1;
    const isMember =
      node.type === "MemberExpression" && node.object.name === "params" && !node.computed;
    const isTaken = node.type === "VariableDeclarator" && node.init?.name === "params";
    if (isMember) names.push(node.property.name);
    if (isTaken) names.push(...node.id.properties.map(({ key }) => key.name));
    if (isMember || isTaken) known += 1;
  }
  return all === known ? names : undefined;
}

/** Imports as they are written, a module a line. */
function importLines(imports) {
  const isOwn = (from) => !from.startsWith("node:");
  const modules = [...new Set(imports.map(({ from }) => from))].sort(
    (one, other) => isOwn(one) - isOwn(other) || (one < other ? -1 : 1),
  );
  return modules.map((from) => {
    const names = imports.filter((one) => one.from === from);
    const whole = names.find(({ of }) => of === "*");
    if (whole) return `import * as ${whole.name} from "${from}";`;
    const named = [
      ...new Set(names.map(({ of, name }) => (of === name ? name : `${of} as ${name}`))),
    ].sort();
    const line = `import { ${named.join(", ")} } from "${from}";`;
    return line.length <= WIDEST ? line : `import {\n  ${named.join(",\n  ")},\n} from "${from}";`;
  });
}

const WIDEST = 80;

/** The packages to install for some imports; LangChain's packages share one core. */
function packagesOf(imports) {
  const names = imports
    .map(({ from }) => /^(?:@[^/]+\/)?[^/]+/.exec(from)[0])
    .filter((name) => !name.startsWith("node:"));
  const core = names.some((name) => /^@?langchain/.test(name)) ? ["@langchain/core"] : [];
  return [...new Set([...names, ...core])].sort();
}

/** The versions of the packages that this project has. */
function versionsIn(root) {
  const { name: own, packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  return (name) => packages[name === own ? "" : `node_modules/${name}`].version;
}
