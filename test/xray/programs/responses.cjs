// OpenAI's SDK from CommonJS, on its newer API, reading its question from stdin.
const { OpenAI } = require("openai");
const { readFileSync } = require("node:fs");

async function main() {
  const response = await new OpenAI().responses.create({
    model: "gpt-4o-mini",
    instructions: "Be brief.",
    input: readFileSync(0, "utf8").trim(),
  });
  console.log(response.output_text);
  process.exitCode = 7;
}
main();
