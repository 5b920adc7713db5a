import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const hardhat = path.join(root, "node_modules/hardhat/dist/src/cli.js");

/** One line of a command's `--json`. */
export type JsonEvent = Readonly<Record<string, unknown>> & { readonly event: string };

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly events: readonly JsonEvent[];
  readonly stderr: string;
}

/** A command as its user would start it, with `--json`. */
export class HardhatProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  readonly #events: JsonEvent[] = [];
  readonly #listeners = new Set<(event: JsonEvent) => void>();

  constructor(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    const env = { ...process.env, ...environment };
    this.child = spawn(process.execPath, [hardhat, ...args, "--json"], { cwd: root, env });
    let stderr = "";
    this.child.stderr?.on("data", (part: Buffer) => {
      stderr += part.toString();
    });
    if (this.child.stdout !== null) {
      createInterface({ input: this.child.stdout }).on("line", (line) => {
        const event = JSON.parse(line) as JsonEvent;
        this.#events.push(event);
        for (const listener of this.#listeners) listener(event);
      });
    }
    this.ended = new Promise((resolve, reject) => {
      this.child.on("error", reject);
      this.child.on("close", (code, signal) => resolve({ code, signal, events: this.#events, stderr }));
    });
  }

  /** Waits until an event has come so many times; fails where the command ends before. */
  async saw(name: string, times = 1): Promise<readonly JsonEvent[]> {
    const seen = (): JsonEvent[] => this.#events.filter(({ event }) => event === name);
    return await new Promise((resolve, reject) => {
      const look = (): void => {
        if (seen().length < times) return;
        this.#listeners.delete(look);
        resolve(seen());
      };
      this.#listeners.add(look);
      void this.ended.then(({ code, stderr }) => reject(new Error(`it ended with ${String(code)}: ${stderr}`)));
      look();
    });
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}
