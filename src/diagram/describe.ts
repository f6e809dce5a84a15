import type { Diagram, DiagramEdge, DiagramNode } from "../trace/events.ts";

/**
 * The parts of LangChain's classic chains that are walked; what a chain is, is told by what it has.
 */
interface ChainLike {
  constructor: { name: string };
  inputKeys?: string[];
  outputKeys?: string[];
  outputKey?: string;
  prompt?: { template?: unknown; promptMessages?: unknown[] };
  chains?: ChainLike[];
  routerChain?: ChainLike;
  destinationChains?: Record<string, ChainLike>;
  defaultChain?: ChainLike;
  getGraph?(): GraphLike;
}

interface GraphLike {
  nodes: Record<string, { id: string; data: unknown }>;
  edges: { source: string; target: string; conditional?: boolean }[];
}

type Values = Record<string, string>;

/**
 * A chain as boxes and arrows, read off the chain itself: a classic chain by walking it, anything
 * else by LangChain's own graph of it. The values that flowed stand on the arrows: around a model,
 * the prompt and the reply of its call.
 *
 * @param ran names of what has run, in order: they mark the way through a graph of LangGraph
 */
export function describeChain(
  chain: object,
  values: Values = {},
  call?: { prompt: string; reply: string },
  ran: readonly string[] = [],
): Diagram {
  const like = chain as ChainLike;
  if (like.destinationChains && like.routerChain) return routerDiagram(like, values);
  if (Array.isArray(like.chains)) return sequenceDiagram(like.chains, like, values);
  if (like.prompt && like.outputKey !== undefined) return sequenceDiagram([like], like, values);
  if (typeof like.getGraph === "function") {
    const graph = like.getGraph();
    return START in graph.nodes ? stateDiagram(graph, ran) : graphDiagram(graph, values, call);
  }
  throw new Error(`${like.constructor.name} is no chain that can be drawn`);
}

/**
 * Links one after the other: each takes what the chain is given, or what a link before it gives.
 */
function sequenceDiagram(links: ChainLike[], whole: ChainLike, values: Values): Diagram {
  // A simple chain hands on its only output under whatever name the next link has for it.
  const isSimple = whole.constructor.name === "SimpleSequentialChain";
  const inputs = (isSimple ? links[0]?.inputKeys : whole.inputKeys) ?? [];
  const outputs = whole.outputKeys ?? [];
  const source = new Map(inputs.map((key) => [key, `in:${key}`]));
  const edges: DiagramEdge[] = [];
  for (const [at, link] of links.entries()) {
    const id = `link${at + 1}`;
    for (const key of link.inputKeys ?? []) {
      const from = source.get(key) ?? `link${at}`;
      edges.push({ from, to: id, label: key, value: values[key] ?? null });
    }
    if (!isSimple) for (const key of link.outputKeys ?? []) source.set(key, id);
  }
  for (const key of outputs) {
    const from = source.get(key) ?? `link${links.length}`;
    edges.push({ from, to: `out:${key}`, label: key, value: values[key] ?? null });
  }
  const end = (kind: "input" | "output") => (key: string) => ({
    id: `${kind === "input" ? "in" : "out"}:${key}`,
    kind,
    title: key,
    detail: "",
  });
  const boxes = links.map((link, at) => linkNode(link, `link${at + 1}`));
  return { nodes: [...inputs.map(end("input")), ...boxes, ...outputs.map(end("output"))], edges };
}

/** A router and its destinations; the branch that was taken carries the input. */
function routerDiagram(chain: ChainLike, values: Values): Diagram {
  const isTaken = (name: string) =>
    name === values.destination || (name === "DEFAULT" && values.destination === "null");
  const branches = {
    ...chain.destinationChains,
    ...(chain.defaultChain && { DEFAULT: chain.defaultChain }),
  };
  const router = chain.routerChain?.constructor.name ?? "router";
  const nodes: DiagramNode[] = [
    { id: "in:input", kind: "input", title: "input", detail: "" },
    { id: "router", kind: "router", title: router, detail: "chooses by the descriptions" },
    ...Object.entries(branches).map(([name, link]) => linkNode(link, `to:${name}`)),
    { id: "out:text", kind: "output", title: "text", detail: "" },
  ];
  const edges: DiagramEdge[] = [
    { from: "in:input", to: "router", label: "input", value: values.input ?? null },
    ...Object.keys(branches).flatMap((name) => [
      {
        from: "router",
        to: `to:${name}`,
        label: name,
        value: isTaken(name) ? (values.input ?? "") : null,
      },
      {
        from: `to:${name}`,
        to: "out:text",
        label: "text",
        value: isTaken(name) ? (values.text ?? "") : null,
      },
    ]),
  ];
  return { nodes, edges };
}

function linkNode(link: ChainLike, id: string): DiagramNode {
  const { template, promptMessages } = link.prompt ?? {};
  const detail =
    typeof template === "string"
      ? template
      : promptMessages
        ? `${promptMessages.length} messages`
        : "";
  return {
    id,
    kind: "link",
    title: link.constructor.name,
    detail: detail.replace(/\s+/g, " ").trim(),
  };
}

/** What LangGraph calls the two ends of a graph. */
const START = "__start__";
const END = "__end__";

/** A graph as LangGraph describes it: nodes, arrows, and which of them the run took. */
function stateDiagram(graph: GraphLike, ran: readonly string[]): Diagram {
  const ids = Object.keys(graph.nodes);
  const chooses = (id: string) =>
    graph.edges.some(({ source, conditional }) => source === id && conditional === true);
  const nodes = ids.map((id): DiagramNode => {
    if (id === START) return { id, kind: "input", title: "start", detail: "" };
    if (id === END) return { id, kind: "output", title: "end", detail: "" };
    return { id, kind: "node", title: id, detail: chooses(id) ? "chooses what comes next" : "" };
  });
  const way = [START, ...ran.filter((name) => ids.includes(name)), END];
  const taken = new Set(
    way.map((id, at) => {
      const before = way.slice(0, at);
      const from = before.findLast((one) =>
        graph.edges.some(({ source, target }) => source === one && target === id),
      );
      return `${from} ${id}`;
    }),
  );
  const isTaken = ({ source, target, conditional }: GraphLike["edges"][number]) =>
    taken.has(`${source} ${target}`) ||
    (conditional !== true && way.includes(source) && way.includes(target));
  const edges = graph.edges.map((edge) => ({
    from: edge.source,
    to: edge.target,
    label: "",
    value: ran.length > 0 && isTaken(edge) ? "" : null,
  }));
  return { nodes, edges };
}

/** A runnable, as LangChain's own graph has it; what flowed is known where one model was called. */
function graphDiagram(
  graph: GraphLike,
  values: Values,
  call: { prompt: string; reply: string } | undefined,
): Diagram {
  const nodes = Object.values(graph.nodes).map(({ id, data }) => {
    const title = nameOf(data) ?? id;
    const kind = /Input$/.test(title) ? "input" : /Output$/.test(title) ? "output" : "link";
    return { id, kind, title, detail: "" } as const;
  });
  const known = Object.values(graph.nodes).filter(({ data }) => isModel(data)).length === 1;
  const edges = graph.edges.map(({ source, target }) => {
    const [from, to] = [graph.nodes[source]?.data, graph.nodes[target]?.data];
    const flow = known ? flowBetween(from, to, values, call) : { label: "", value: null };
    return { from: source, to: target, ...flow };
  });
  return { nodes, edges };
}

/** What flowed from one runnable to the next, by what they are. */
function flowBetween(
  from: unknown,
  to: unknown,
  values: Values,
  call: { prompt: string; reply: string } | undefined,
): { label: string; value: string | null } {
  const gaps = (to as { inputVariables?: string[] } | undefined)?.inputVariables;
  if (gaps) {
    const filled = gaps.flatMap((gap) => values[gap] ?? []).join(", ");
    return { label: gaps.join(", "), value: filled === "" ? null : filled };
  }
  if (isModel(to)) return { label: "prompt", value: call?.prompt ?? null };
  if (isModel(from)) return { label: "message", value: call?.reply ?? null };
  return { label: "output", value: values.output ?? null };
}

function isModel(data: unknown): boolean {
  return typeof (data as { _llmType?: unknown } | undefined)?._llmType === "function";
}

function nameOf(data: unknown): string | undefined {
  const like = data as { name?: string; getName?(): string } | undefined;
  return like?.getName?.() ?? like?.name;
}
