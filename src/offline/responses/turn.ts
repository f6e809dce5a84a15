import { withToolNames } from "../calls.ts";
import type { GivenCall, TextMessage, ToolChoice, Turn } from "../protocol.ts";
import { RefusedRequest } from "../refused.ts";
import { carriedBy } from "./ids.ts";
import { type InputItem, inputItem, type ResponseRequest } from "./request.ts";

/** The turn that a request asks for. @throws RefusedRequest */
export function turnOf(request: ResponseRequest): Turn {
  const { instructions, input, tool_choice: chosen } = request;
  const items: InputItem[] =
    typeof input === "string" ? [{ type: "message", role: "user", content: input }] : input;
  const messages = withToolNames(
    [
      ...(instructions ? [{ role: "system", content: instructions }] : []),
      ...joined(items.flatMap(messageOf)),
    ],
    refuseCalls,
  );
  let tools = request.tools ?? [];
  let choice: ToolChoice | undefined;
  if (typeof chosen === "string") choice = chosen;
  else if (chosen && "mode" in chosen) {
    const named = chosen.tools.map(({ name }) => name);
    tools = tools.filter(({ name }) => named.includes(name));
    choice = chosen.mode;
  } else if (chosen) {
    const { name } = chosen;
    if (!tools.some((tool) => tool.name === name))
      throw new RefusedRequest(
        `Tool choice '${name}' not found in 'tools' parameter.`,
        "invalid_value",
        "tool_choice",
      );
    choice = { function: { name } };
  }
  return {
    messages,
    tools: tools.map(({ name, description, parameters }) => ({
      type: "function",
      function: { name, description: description ?? null, parameters: parameters ?? null },
    })),
    ...(choice && { choice }),
    oneCall: request.parallel_tool_calls === false,
    ...formatOf(request, messages),
    stops: [],
    limit: request.max_output_tokens ?? Number.POSITIVE_INFINITY,
  };
}

function messageOf(item: InputItem): TextMessage[] {
  switch (item.type) {
    case "message":
      return [{ role: item.role, content: textOf(item.content) }];
    case "function_call": {
      const { call_id: id, name, arguments: given } = item;
      return [{ role: "assistant", content: "", calls: [{ id, name, arguments: given }] }];
    }
    case "function_call_output":
      return [{ role: "tool", content: textOf(item.output), callId: item.call_id }];
    case "item_reference":
      return messageOf(referredTo(item.id));
    default:
      return [];
  }
}

/** The item that an id stands for: the id itself carries it. */
function referredTo(id: string): InputItem {
  const { data } = inputItem.safeParse(carriedBy(id));
  if (data === undefined || data.type === "item_reference")
    throw new RefusedRequest(
      `Item with id '${id.slice(0, 100)}' not found. This endpoint keeps nothing: send the item itself instead of a reference.`,
      null,
      "input",
      404,
    );
  return data;
}

function textOf(content: Extract<InputItem, { type: "message" }>["content"]): string {
  if (typeof content === "string") return content;
  return content.map(({ text, refusal }) => text ?? refusal ?? "").join("");
}

/** Calls that follow each other were one reply. */
function joined(messages: readonly TextMessage[]): TextMessage[] {
  const all: TextMessage[] = [];
  for (const message of messages) {
    const last = all.at(-1);
    if (last?.role === "assistant" && message.calls) {
      const calls: GivenCall[] = [...(last.calls ?? []), ...message.calls];
      all[all.length - 1] = { ...last, calls };
    } else all.push(message);
  }
  return all;
}

function refuseCalls(wrong: "no call" | "no answer", id: string): never {
  const message =
    wrong === "no call"
      ? `No tool call found for function call output with call_id ${id}.`
      : `No tool output found for function call ${id}.`;
  throw new RefusedRequest(message, null, "input");
}

function formatOf(
  { text }: ResponseRequest,
  messages: readonly TextMessage[],
): Pick<Turn, "format"> {
  const format = text?.format;
  if (format?.type === "json_schema") return { format: format.schema };
  if (format?.type !== "json_object") return {};
  if (!messages.some(({ content }) => /json/i.test(content)))
    throw new RefusedRequest(
      "Response input messages must contain the word 'json' in some form to use 'text.format' of type 'json_object'.",
      null,
      "input",
    );
  return { format: "json" };
}
