import type { InputCount, OfferedTool, TokenCount } from "./shapes.ts";
import type { WireBody } from "./wire.ts";

/** OpenAI's chat format: how many tokens wrap a message beside its role and text, … */
const AROUND_MESSAGE = 3;
/** … and how many open the reply. */
const OPENING = 3;

/**
 * What the count of a request's input is made of.
 *
 * @param offered the tools that the request describes
 * @param told the endpoint's count; undefined where it gave none
 */
export function inputCountOf(
  { kind, messages }: Pick<WireBody, "kind" | "messages">,
  told: TokenCount["input"] | undefined,
  countTokens: (text: string) => number,
  offered: readonly OfferedTool[] = [],
): InputCount {
  const text = sumOf(messages, ({ content }) => countTokens(content));
  const marks = sumOf(messages, ({ role }) => AROUND_MESSAGE + countTokens(role));
  const tools = sumOf(offered, ({ name, description, parameters }) =>
    sumOf([name, description, JSON.stringify(parameters)], countTokens),
  );
  const isChatFormat = kind === "chat" && told === text + marks + tools + OPENING;
  return {
    kind,
    by: told === undefined ? "llm-lab" : "endpoint",
    text,
    ...(isChatFormat && {
      added: {
        messages: messages.length,
        marks,
        opening: OPENING,
        ...(tools > 0 && { tools }),
      },
    }),
  };
}

function sumOf<T>(items: readonly T[], sizeOf: (item: T) => number): number {
  return items.reduce((sum, item) => sum + sizeOf(item), 0);
}
