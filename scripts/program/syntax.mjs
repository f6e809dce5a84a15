/**
 * What a piece of a syntax tree (ESTree with TypeScript, as oxc gives it) names, and what of it is
 * only types.
 */

/** Children of a node, in order. */
function childrenOf(node) {
  const children = [];
  for (const value of Object.values(node))
    if (Array.isArray(value)) children.push(...value.filter(isNode));
    else if (isNode(value)) children.push(value);
  return children;
}

const isNode = (value) => typeof value?.type === "string";

/**
 * All nodes of a tree, each before its children; those that `enter` refuses are left out, with
 * what is in them.
 */
export function* walk(node, enter = () => true) {
  if (!enter(node)) return;
  yield node;
  for (const child of childrenOf(node)) yield* walk(child, enter);
}

/** The names that a pattern binds: `{ a, b: [c = 1] }` gives a and c. */
export function namesIn(pattern) {
  switch (pattern?.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap(({ value, argument }) => namesIn(value ?? argument));
    case "ArrayPattern":
      return pattern.elements.flatMap(namesIn);
    case "AssignmentPattern":
      return namesIn(pattern.left);
    case "RestElement":
      return namesIn(pattern.argument);
    default:
      return [];
  }
}

/** The names that a statement declares as values. */
export function declaredBy(statement) {
  const node = statement.declaration ?? statement;
  if (node.type === "VariableDeclaration")
    return node.declarations.flatMap(({ id }) => namesIn(id));
  const isNamed = node.type === "FunctionDeclaration" || node.type === "ClassDeclaration";
  return isNamed && node.id ? [node.id.name] : [];
}

/**
 * The names that a piece of a program takes from around it.
 *
 * @param {object} root a statement or an expression; what it declares itself counts as its own
 * @param {Set<object>} [without] nodes that are looked over
 * @returns {Set<string>}
 */
export function freeNames(root, without = new Set()) {
  const free = new Set();
  const visit = (node, scope) => {
    if (without.has(node)) return;
    if (ONLY_INSIDE.has(node.type)) return visit(node.expression, scope);
    if (node.type.startsWith("TS")) return;
    if (node.type === "Identifier") {
      if (!scope.some((names) => names.has(node.name))) free.add(node.name);
      return;
    }
    const inner = [...scope, new Set(boundBy(node, without))];
    for (const [key, value] of Object.entries(node)) {
      if (isOnlyAName(node, key)) continue;
      for (const child of [value].flat()) if (typeof child?.type === "string") visit(child, inner);
    }
  };
  visit(root, [new Set(declaredBy(root))]);
  return free;
}

/** Expressions with a type after them: `value as Text`, `Annotation<string>`. */
const ONLY_INSIDE = new Set([
  "TSAsExpression",
  "TSSatisfiesExpression",
  "TSNonNullExpression",
  "TSInstantiationExpression",
]);

/** Whether a key of a node holds the name of a property, not a variable. */
function isOnlyAName({ type, computed }, key) {
  if (type === "MemberExpression") return key === "property" && !computed;
  if (key === "key") return !computed;
  return key === "label" || type === "MetaProperty";
}

/** The names that a node binds for all that is inside it; what is looked over binds none. */
function boundBy(node, without) {
  switch (node.type) {
    case "ArrowFunctionExpression":
    case "FunctionExpression":
    case "FunctionDeclaration":
      return [...node.params.flatMap(namesIn), ...(node.id ? [node.id.name] : [])];
    case "ClassExpression":
    case "ClassDeclaration":
      return node.id ? [node.id.name] : [];
    case "BlockStatement":
    case "Program":
      return node.body.filter((one) => !without.has(one)).flatMap(declaredBy);
    case "ForStatement":
      return node.init ? declaredBy(node.init) : [];
    case "ForOfStatement":
    case "ForInStatement":
      return declaredBy(node.left);
    case "CatchClause":
      return namesIn(node.param);
    case "SwitchStatement":
      return node.cases.flatMap(({ consequent }) => consequent.flatMap(declaredBy));
    default:
      return [];
  }
}

/**
 * The names of properties that a piece of a program mentions: methods that it calls, keys that it
 * writes.
 */
export function propertyNames(root, without = new Set()) {
  const names = new Set();
  for (const node of walk(root, (inner) => !without.has(inner))) {
    if (node.type === "MemberExpression" && !node.computed) names.add(node.property.name);
    if (node.type === "Property" && !node.computed) names.add(node.key.name ?? node.key.value);
  }
  return names;
}

/**
 * The parts of a piece of TypeScript that JavaScript has not, as [start, end] in the text.
 * Only types that can be erased: enums and the like are not written here.
 */
export function typesIn(root, code) {
  const cuts = [];
  const visit = (node) => {
    if (ONLY_INSIDE.has(node.type)) {
      visit(node.expression);
      cuts.push([node.expression.end, node.end]);
      return;
    }
    if (node.type.startsWith("TS")) {
      cuts.push([node.start, node.end]);
      return;
    }
    if (node.type === "Identifier" && node.optional) {
      cuts.push([node.start + node.name.length, node.start + node.name.length + 1]);
    }
    const isMember = node.type === "MethodDefinition" || node.type === "PropertyDefinition";
    if (isMember) {
      const head = code.slice(node.start, node.key.start);
      for (const { index, 0: word } of head.matchAll(MODIFIERS))
        cuts.push([node.start + index, node.start + index + word.length]);
    }
    if (node.implements?.length > 0) {
      const from = node.superTypeArguments ?? node.superClass ?? node.typeParameters ?? node.id;
      cuts.push([from.end, node.implements.at(-1).end]);
      for (const [key, child] of Object.entries(node))
        if (key !== "implements")
          for (const one of [child].flat()) if (typeof one?.type === "string") visit(one);
      return;
    }
    for (const child of childrenOf(node)) visit(child);
  };
  visit(root);
  return cuts;
}

const MODIFIERS = /\b(?:public|private|protected|readonly|override|abstract|declare)\s+/g;

/** A part of a text without the cuts that lie in it; a line that a cut leaves empty goes too. */
export function cut(code, [start, end], cuts) {
  const inside = cuts.filter(([from, to]) => from >= start && to <= end);
  const sorted = inside.toSorted((one, other) => one[0] - other[0]);
  let text = "";
  let at = start;
  for (const [from, to] of sorted) {
    if (to <= at) continue;
    if (from > at) text += code.slice(at, from);
    at = to;
    const isLineEmpty = /(?:^|\n)[ \t]*$/.test(text) && /^[ \t]*\n/.test(code.slice(at, end));
    if (isLineEmpty) {
      text = text.replace(/[ \t]*$/, "");
      at = code.indexOf("\n", at) + 1;
    }
  }
  return text + code.slice(at, end);
}
