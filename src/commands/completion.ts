import { verb } from "./verb.ts";

/** Prints what a shell loads to complete commands of llm-lab. */
export const completion = verb({
  name: "completion",
  summary: "print what your shell needs to complete commands with the tab key",
  argument: { spec: "[shell]", help: "bash, zsh, fish or powershell" },
  flags: {},
  notes: `It works where llm-lab is a command of its own (npm install -g llm-lab):
  bash        llm-lab completion bash > ~/.llm-lab-completion.bash
              echo "source ~/.llm-lab-completion.bash" >> ~/.bashrc
  zsh         llm-lab completion zsh > ~/.llm-lab-completion.zsh
              echo "source ~/.llm-lab-completion.zsh" >> ~/.zshrc
  fish        llm-lab completion fish > ~/.config/fish/completions/llm-lab.fish
  powershell  llm-lab completion powershell >> $PROFILE`,
  async run([shell], _options, io) {
    return (await import("./complete.ts")).printScript(shell, io);
  },
});
