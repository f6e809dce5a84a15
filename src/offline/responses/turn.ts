import type { GivenCall, TextMessage, Turn } from "../protocol.ts";
import { RefusedRequest } from "../refused.ts";
import { chosenFrom, formatOf, textOf, withToolNames } from "../turns.ts";
import { carriedBy } from "./ids.ts";
import { type InputItem, inputItem, type ResponseRequest } from "./request.ts";

/** The turn that a request asks for. @throws RefusedRequest */
export function turnOf(request: ResponseRequest): Turn {
  const { instructions, input, text } = request;
  const items: InputItem[] =
    typeof input === "string" ? [{ type: "message", role: "user", content: input }] : input;
  const messages = withToolNames(
    [
      ...(instructions ? [{ role: "system", content: instructions }] : []),
      ...joined(items.flatMap(messageOf)),
    ],
    refuseCalls,
  );
  const tools = (request.tools ?? []).map(({ name, description, parameters }) => ({
    type: "function" as const,
    function: { name, description: description ?? null, parameters: parameters ?? null },
  }));
  const format = text?.format;
  const schema = format?.type === "json_schema" ? format.schema : undefined;
  return {
    messages,
    ...chosenFrom(tools, chosenBy(request), refuseTool),
    oneCall: request.parallel_tool_calls === false,
    ...formatOf(format?.type, schema, messages, refuseFormat),
    stops: [],
    limit: request.max_output_tokens ?? Number.POSITIVE_INFINITY,
  };
}

function chosenBy({ tool_choice: chosen }: ResponseRequest) {
  if (!chosen || typeof chosen === "string") return chosen;
  if (!("mode" in chosen)) return { function: { name: chosen.name } };
  return { mode: chosen.mode, names: chosen.tools.map(({ name }) => name) };
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

function refuseTool(name: string): never {
  throw new RefusedRequest(
    `Tool choice '${name}' not found in 'tools' parameter.`,
    "invalid_value",
    "tool_choice",
  );
}

function refuseFormat(): never {
  throw new RefusedRequest(
    "Response input messages must contain the word 'json' in some form to use 'text.format' of type 'json_object'.",
    null,
    "input",
  );
}
