import { RunnableLambda } from "@langchain/core/runnables";
import { FakeListChatModel } from "@langchain/core/utils/testing";

interface Model {
  invoke: (prompt: string) => Promise<{ text: string }>;
}

type Sort = (given: { model: Model; message: string }) => Promise<string>;

/** LangChain's own fake, behind a runnable that listens. */
export async function test({ sort }: { sort: Sort }) {
  const heard: string[] = [];
  const saying = (...responses: string[]) => {
    const model = new FakeListChatModel({ responses });
    return RunnableLambda.from(async (prompt: string) => {
      heard.push(prompt);
      return model.invoke(prompt);
    });
  };
  const broken = RunnableLambda.from((_: string): { text: string } => {
    throw new Error("429");
  });
  const expect = (fact: boolean, says: string) => {
    if (!fact) throw new Error(says);
  };

  const message = "Dear all,\n\nwhere is my parcel?";
  const first = await sort({ model: saying("Delivery. ", "billing"), message });
  expect(first === "delivery", "A reply with a full stop was not read.");
  expect(heard.length === 1, "The model was not asked once.");
  expect(heard.join().includes(message), "The message is not in the prompt.");

  const shouting = await sort({ model: saying(" BILLING!"), message });
  expect(shouting === "billing", "A reply in capitals was not read.");
  const invented = await sort({ model: saying("returns"), message });
  expect(invented === "other", "An invented department was returned.");
  const failed = await sort({ model: broken, message });
  expect(failed === "other", "A failure was not sorted.");

  const before = heard.length;
  const nothing = await sort({ model: saying("billing"), message: "" });
  expect(nothing === "other", "An empty message was sorted.");
  expect(heard.length === before, "The model was asked about nothing.");
}
