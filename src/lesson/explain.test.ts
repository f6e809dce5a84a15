import { MultiPromptChain } from "@langchain/classic/chains";
import { PromptTemplate } from "@langchain/core/prompts";
import { expect, test } from "vitest";
import { lessonOf, playAll } from "../../test/support/lesson.ts";
import { type Fault, REPLY_FAULTS } from "../model/fault.ts";
import { scriptedStage } from "../stage/scripted.ts";
import { explainChainError } from "./explain.ts";
import { section } from "./section.ts";

const lab = section({ title: "Routes" });

/** How a lesson fails whose router's replies are spoilt like this. */
async function failureBy(fault: Fault) {
  const step = lab.step("It routes", async ({ chat }) => {
    const chain = MultiPromptChain.fromLLMAndPrompts(chat({ fault }), {
      promptNames: ["history"],
      promptDescriptions: ["for questions about history"],
      promptTemplates: ["{input}"],
    });
    await chain.invoke({ input: "Who was Napoleon?" });
  });
  const stage = scriptedStage({});
  const outcome = await playAll(lessonOf({ routes: lab.steps(step) }), stage);
  const error = stage.events.find((event) => event.type === "error-raised");
  return { outcome, message: error?.message };
}

test.each(REPLY_FAULTS.filter((fault) => !["none", "prototype-destination"].includes(fault)))(
  "a router's reply with the fault %s is told in a sentence",
  async (fault) => {
    const { outcome, message } = await failureBy(fault);
    expect(outcome).toBe("partly");
    expect(message).toMatch(/does not have the form|names a destination/);
  },
);

test("a template that does not fit is told with what LangChain says", async () => {
  const error = await PromptTemplate.fromTemplate("Hello {name}")
    .invoke({} as { name: string })
    .catch((thrown) => thrown);
  expect(explainChainError(error)?.message).toContain("Missing value for input name");
});

test("an error of another kind is not explained away", () => {
  expect(explainChainError(new TypeError("x is not a function"))).toBeUndefined();
});
