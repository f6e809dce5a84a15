import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { root } from "./program.ts";

/** A shell that completes a line: `lines` are what is typed, and the answers what is there then. */
type Complete = (typed: string[], home: Home) => string[];

interface Home {
  folder: string;
  /** what `llm-lab completion` printed for this shell */
  script: string;
}

/** Bash and zsh tell the line after the tab key, fish the words that it offers. */
const COMPLETE: Record<string, Complete> = {
  // Readline edits lines of a pipe too, as long as the shell is interactive.
  bash: (typed, home) => {
    const show = `show() { printf 'LINE=<%s>\\n' "$READLINE_LINE"; READLINE_LINE=; }`;
    const setUp = `source '${home.script}'; ${show}; bind -x '"\\es": show'\n`;
    const keys = typed.map((line) => `${line}\t\x1bs`).join("");
    return shownLines(execute("bash", ["--norc", "-i"], home, `${setUp}${keys}exit\n`));
  },
  // Zsh completes in a terminal only, and has one of its own to run another zsh in.
  zsh: (typed, home) => {
    const driver = join(home.folder, "driver.zsh");
    writeFileSync(driver, ZSH_DRIVER);
    return shownLines(execute("zsh", ["-f", driver, home.script, ...typed], home));
  },
  fish: (typed, home) =>
    typed.map((line) =>
      execute(
        "fish",
        ["--no-config", "-c", 'source $argv[1]; complete -C "$argv[2]"', home.script, line],
        home,
      )
        .trim()
        .replaceAll(/\t.*$/gm, "")
        .replaceAll("\n", " "),
    ),
};

export const isInstalled = (shell: string) => spawnSync(shell, ["-c", "exit"]).status === 0;

/** Presses the tab key after each of the lines, in a folder that holds one file, `afile`. */
export function completedIn(shell: string, script: string, typed: string[], folder: string) {
  const home = { folder: join(folder, shell), script: join(folder, shell, "script") };
  mkdirSync(join(home.folder, "bin"), { recursive: true });
  mkdirSync(join(home.folder, "here"));
  writeFileSync(join(home.folder, "here", "afile"), "");
  writeFileSync(home.script, script);
  symlinkSync(join(root, "dist/cli.js"), join(home.folder, "bin", "llm-lab"));
  return COMPLETE[shell]?.(typed, home) ?? [];
}

function execute(shell: string, argv: string[], { folder }: Home, stdin = ""): string {
  const { stdout, stderr, error } = spawnSync(shell, argv, {
    cwd: join(folder, "here"),
    input: stdin,
    encoding: "utf8",
    timeout: 100_000,
    killSignal: "SIGKILL",
    env: {
      PATH: `${join(folder, "bin")}${delimiter}${process.env.PATH}`,
      HOME: folder,
      TERM: "dumb",
      XDG_CACHE_HOME: join(root, "node_modules/.cache"),
    },
  });
  if (error) throw new Error(`${shell} failed: ${stderr}`, { cause: error });
  return stdout;
}

const shownLines = (stdout: string) =>
  [...stdout.matchAll(/LINE=<([^\n]*)>/g)].map(([, line = ""]) => line);

const ZSH_DRIVER = `
zmodload zsh/zpty
script=$1; shift
zpty shell "zsh -f -i"
zpty -w shell "autoload -Uz compinit; compinit -D -u; source '$script'"
zpty -w shell 'show() { zle -I; print -r -- "LINE=<$BUFFER>"; BUFFER= }; zle -N show; bindkey "^[s" show'
zpty -w shell 'print REA""DY'
zpty -r -m shell seen '*READY*'
for line; do
  zpty -n -w shell "$line"$'\\t\\es'
  zpty -r -m shell seen '*LINE=<*>*'
  print -r -- "$seen"
done
zpty -d shell
`;
