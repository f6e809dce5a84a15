/** An MCP server over standard input and output: a program of its own, for Node, as text. */
export const SERVER = `
const tools = [
  {
    name: "get_stock",
    description: "How many of a product are in stock.",
    inputSchema: {
      type: "object",
      properties: { product: { type: "string" } },
      required: ["product"],
    },
  },
];

const answers = {
  initialize: ({ protocolVersion }) => ({
    protocolVersion,
    capabilities: { tools: {} },
    serverInfo: { name: "shop", version: "1.0.0" },
  }),
  "tools/list": () => ({ tools }),
  "tools/call": ({ arguments: { product } }) => ({
    content: [{ type: "text", text: product + ": 12 in stock" }],
  }),
};

const { stdin, stdout: out } = process;
let rest = "";
for await (const piece of stdin.setEncoding("utf8")) {
  const lines = (rest + piece).split("\\n");
  rest = lines.pop();
  for (const line of lines) {
    const { id, method, params } = JSON.parse(line);
    const result = answers[method]?.(params) ?? {};
    // A message without an id wants no answer.
    if (id !== undefined)
      out.write(JSON.stringify({ jsonrpc: "2.0", id, result }) + "\\n");
  }
}
`;
