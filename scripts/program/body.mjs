import { namesIn, walk } from "./syntax.mjs";

/**
 * What of a step's body is only for the lab: it tells facts by which a prediction is judged, takes
 * its tools out of
 * the context, and hands back what the learner can go on talking to. With it goes what was made
 * for it alone.
 *
 * @returns {{ nodes: object[], cuts: [number, number][] }} the nodes that go, and what is cut out
 * of the text
 */
export function leftOut(body, opened) {
  const nodes = opened ? [opened] : [];
  const cuts = [];
  for (const { type, body: statements } of walk(body)) {
    if (type === "BlockStatement") nodes.push(...statements.filter(isTelling));
  }
  const last = body.body.at(-1);
  if (last?.type === "ReturnStatement" && isOnlyHandedBack(last.argument)) nodes.push(last);
  const gone = new Set(nodes);
  // What was made for what went, may go too, and then what was made for that.
  for (let before = -1; before < gone.size; ) {
    before = gone.size;
    for (const statement of unusedIn(body, gone)) {
      const { init } = statement.declarations[0];
      if (awaits(init)) {
        if (!cuts.some(([start]) => start === statement.start))
          cuts.push([statement.start, init.start]);
      } else gone.add(statement);
    }
  }
  return { nodes: [...gone], cuts: [...cuts, ...[...gone].map(({ start, end }) => [start, end])] };
}

function isTelling(statement) {
  if (statement.type === "IfStatement")
    return !statement.alternate && isTelling(statement.consequent);
  if (statement.type === "BlockStatement")
    return statement.body.length > 0 && statement.body.every(isTelling);
  if (statement.type !== "ExpressionStatement") return false;
  const { expression } = statement;
  const call = expression.type === "AwaitExpression" ? expression.argument : expression;
  return call.type === "CallExpression" && call.callee.name === "tell";
}

function isOnlyHandedBack(argument) {
  return argument?.type === "Identifier" || argument?.type === "ArrowFunctionExpression";
}

/** Declarations of which nothing is used any more, but was. */
function unusedIn(body, gone) {
  const uses = (without) => {
    const counts = new Map();
    for (const node of walk(body, (inner) => !without.has(inner)))
      if (node.type === "Identifier") counts.set(node.name, (counts.get(node.name) ?? 0) + 1);
    return counts;
  };
  const [now, before] = [uses(gone), uses(new Set())];
  const found = [];
  for (const node of walk(body, (inner) => !gone.has(inner))) {
    if (node.type !== "VariableDeclaration" || node.declarations.length > 1) continue;
    const [{ id, init }] = node.declarations;
    if (!init) continue;
    const own = new Map();
    for (const one of walk(id))
      if (one.type === "Identifier") own.set(one.name, (own.get(one.name) ?? 0) + 1);
    const names = namesIn(id);
    const isUnused = names.every((name) => now.get(name) === own.get(name));
    const wasUsed = names.some((name) => before.get(name) > own.get(name));
    if (isUnused && wasUsed) found.push(node);
  }
  return found;
}

const awaits = (node) => [...walk(node)].some(({ type }) => type === "AwaitExpression");
