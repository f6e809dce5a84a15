import { ConversationChain } from "@langchain/classic/chains";
import {
  ConversationSummaryBufferMemory,
  ConversationSummaryMemory,
} from "@langchain/classic/memory";
import { integer, section, text } from "../../src/lab.ts";

// Instead of dropping old lines, a memory can ask the model to condense them.
// *ConversationSummaryMemory* keeps one running summary and sends that in place
// of the conversation. The model writes it, in extra calls that a user does not
// see. More: `llm-lab help summary-memory`.
const lab = section({
  title: "A running summary",
  params: {
    schedule: text({
      default:
        "There is a meeting at 8am with your product team. You will need your " +
        "powerpoint presentation prepared. 9am-12pm have time to work on your " +
        "LangChain project, which will go quickly because LangChain is such a " +
        "powerful tool. At noon, lunch at the italian restaurant with a customer " +
        "who is driving from over an hour away to meet you to understand the " +
        "latest in AI. Be sure to bring your laptop to show the latest LLM demo.",
      help: "the long answer that is condensed",
    }),
    question: text({
      default: "What would be a good demo to show?",
      help: "what is asked when only the summary is left",
    }),
    limit: integer({
      default: 60,
      min: 1,
      max: 2000,
      help: "the limit of the summary buffer, in tokens",
    }),
  },
});

// `saveContext` stores three exchanges, the last one long. Then the chain makes
// a real turn, which is stored too. The memory calls the model to condense what
// it stores: the prompt holds the summary so far and the new lines, and the
// reply becomes the new summary.
const condenses = lab.step(
  "The hidden call",
  async ({ chat, params, look }) => {
    const memory = new ConversationSummaryMemory({ llm: chat() });
    await memory.saveContext({ input: "Hello" }, { output: "What's up" });
    await memory.saveContext(
      { input: "Not much, just hanging" },
      { output: "Cool" },
    );
    await memory.saveContext(
      { input: "What is on the schedule today?" },
      { output: params.schedule },
    );
    await look(memory, "All that is left of three exchanges");

    const conversation = new ConversationChain({ llm: chat(), memory });
    await conversation.invoke({ input: params.question });
    await look(memory, "The summary, written again");
    return conversation;
  },
);

// The memory stores a packing list of twelve things, and then ten exchanges
// about something else. The last call asks about the list.
const loses = lab.step(
  "A packing list, and ten days",
  async ({ chat, look, show }) => {
    const list =
      "Pack a tent, a stove, matches, a map, two ropes, a torch, a knife, " +
      "dry socks, soap, a towel, tea and a tin of 37 biscuits.";
    const memory = new ConversationSummaryMemory({ llm: chat() });
    await memory.saveContext(
      { input: "What should I pack?" },
      { output: list },
    );
    for (let day = 1; day <= 10; day++) {
      await memory.saveContext(
        { input: `On day ${day} I walk ${10 + day} km.` },
        { output: `Day ${day} sounds fine.` },
      );
    }
    await show("The list", list);
    await look(memory, "The summary");

    const conversation = new ConversationChain({ llm: chat(), memory });
    await conversation.invoke({ input: "How many biscuits should I pack?" });
    return conversation;
  },
);

// *ConversationSummaryBufferMemory* keeps the last lines word for word, and has the
// lines before them condensed; `maxTokenLimit` says from when on. Here ten notes go
// in. The plot shows what the memory would send after each. More:
// `llm-lab help summary-buffer-memory`.
const defect = lab.step<{ tokens: number }>(
  "A summary and the last lines",
  async (context) => {
    const { chat, params, look, plot, countTokens, tell } = context;
    const memory = new ConversationSummaryBufferMemory({
      llm: chat(),
      maxTokenLimit: params.limit,
    });
    const sent: number[] = [];
    for (let turn = 1; turn <= 10; turn++) {
      await memory.saveContext(
        { input: `Note ${turn}: the code of door ${turn} is ${turn * 111}.` },
        { output: "Noted." },
      );
      const { history } = await memory.loadMemoryVariables({});
      sent.push(countTokens(history));
    }
    await plot("What it would send", { x: "notes", y: "tokens" }, [
      { name: "sent", points: sent },
      { name: "limit", points: sent.map(() => params.limit) },
    ]);
    const { tokens } = await look(memory, "After ten notes");
    await tell({ tokens });
  },
);

interface Spent {
  purpose: string;
  tokens: { input: number; output: number };
}

const isHidden = ({ purpose }: Spent) => purpose === "summary";

const tokensOf = (calls: Spent[]) =>
  calls.reduce((sum, { tokens }) => sum + tokens.input + tokens.output, 0);

export default lab.steps(
  condenses
    .predict({
      question:
        "Four exchanges, of which one is a real turn. How many calls will be made?",
      choices: [1, 4, 5],
      judge: ({ calls }) => calls.length,
      why: ({ calls }) => {
        const [all, hidden] = [calls, calls.filter(isHidden)].map(tokensOf);
        return (
          "One for the real turn, and a hidden one for each exchange that is stored, even " +
          "where the summary stays as it was. The hidden calls take " +
          `${hidden} of ${all} tokens, in and out.`
        );
      },
    })
    .expect("each exchange that is stored takes a hidden call", 5),
  loses
    .predict({
      question: "Will the last prompt still say how many biscuits?",
      choices: ["yes", "no"],
      judge: ({ prompts }) => (prompts.at(-1)?.includes("37") ? "yes" : "no"),
      why:
        "A summary leaves things out, and nothing tells you what. The offline tutor " +
        "drops its oldest sentences when the summary gets long; a real model decides " +
        "anew each time.",
    })
    .briefly()
    .expect("a summary loses a detail", "no"),
  defect
    .predict({
      question: "After ten notes, does it send no more than its limit?",
      choices: ["yes", "no"],
      judge: ({ facts, params }) =>
        facts.tokens <= params.limit ? "yes" : "no",
      why: ({ facts, params }) =>
        `It sends ${facts.tokens} tokens; the limit is ${params.limit}. LangChain.js has a ` +
        "defect (langchainjs issue 4452, open in November 2026): once there is a " +
        "summary, it no longer drops lines, and each save makes a summary call.",
    })
    .briefly()
    .expect("the summary buffer outgrows its limit", "no"),
);
