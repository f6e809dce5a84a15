import { spawn } from "node:child_process";
import { constants } from "node:os";
import { LabError } from "../errors.ts";
import { FOLDER } from "./hook/lines.ts";

type Signal = "SIGINT" | "SIGTERM" | "SIGHUP";
type Env = Record<string, string | undefined>;

interface ChildOptions {
  /** the program and its arguments */
  words: string[];
  env: Env;
  /** whether a terminal hands Ctrl-C to the program by itself */
  hasKeyboard: boolean;
  /** Has signals handed over in place of ending this process; returns what undoes it. */
  takeSignals(take: (signal: Signal) => void): () => void;
}

/**
 * Runs a program with our own stdin, stdout and stderr, until it ends.
 *
 * @returns its exit code, or 128 and the number of the signal that ended it
 * @throws LabError where it cannot be started, with the exit code of a shell
 */
export async function runChild(options: ChildOptions): Promise<number> {
  const { words, env, hasKeyboard, takeSignals } = options;
  const [program = "", ...rest] = words;
  const child = spawn(program, rest, { stdio: "inherit", env });
  const release = takeSignals((signal) => {
    // The terminal has sent it to the program already, which may want to hear it once.
    if (signal !== "SIGINT" || !hasKeyboard) child.kill(signal);
  });
  try {
    return await new Promise<number>((resolve, reject) => {
      child.on("error", (error: NodeJS.ErrnoException) => {
        // A signal that could not be sent to a program that runs is not our affair.
        if (child.pid === undefined) reject(cannotStart(program, error));
      });
      child.on("close", (code, signal) => {
        resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
      });
    });
  } finally {
    release();
  }
}

export interface Surroundings {
  /** where the program's calls are to go */
  address: string;
  /** whether any key will do */
  isOffline: boolean;
  /** what Node is to load before the program, and where that writes to */
  hook: { file: string; folder: string };
}

/** The environment of the program: all that we were given, and the address that calls go to. */
export function childEnvironment(given: Env, { address, isOffline, hook }: Surroundings): Env {
  const own = [given.NO_PROXY ?? given.no_proxy, "127.0.0.1", "localhost"];
  const direct = own.filter((entry) => entry !== undefined && entry !== "").join(",");
  const hasProxy = Object.keys(given).some((name) => /^(?:https?|all)_proxy$/i.test(name));
  return {
    ...given,
    OPENAI_BASE_URL: address,
    [FOLDER]: hook.folder,
    // `--require` is taken by every version of Node; older ones refuse to start with `--import`.
    NODE_OPTIONS: [given.NODE_OPTIONS, `--require ${JSON.stringify(hook.file)}`]
      .filter((options) => options !== undefined && options !== "")
      .join(" "),
    // Older clients, LangChain among them, read this one.
    OPENAI_API_BASE: address,
    ...(isOffline && !given.OPENAI_API_KEY && { OPENAI_API_KEY: "offline" }),
    // No proxy of the network can reach this machine's own port.
    ...(hasProxy && { NO_PROXY: direct, no_proxy: direct }),
  };
}

function cannotStart(program: string, { code, message }: NodeJS.ErrnoException): LabError {
  if (code === "ENOENT")
    return new LabError(
      `There is no program ${program}`,
      "Write it as you would without xray: llm-lab xray -- node app.mjs.",
      127,
    );
  const why = code === "EACCES" ? "it is not a program, or you may not run it" : message;
  return new LabError(`${program} cannot be started: ${why}`, "Check the command after --.", 126);
}
