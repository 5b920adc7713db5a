import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import { ChainError } from "../../errors/chain-error.ts";
import { CHAIN_BIRTH } from "../in-process.ts";
import { BLOCK_HASHES } from "../simulated-network.ts";
import { findAnvil } from "./find-anvil.ts";
import { IpcProvider } from "./ipc-provider.ts";

/** Most of a dead process's log that an error quotes [characters]. */
const LOG_TAIL = 2_000;

/** Blocks of which an anvil remembers the transactions, with a trace of each; a deployment asks for those of its last few. */
export const BLOCKS_REMEMBERED = 64;

const SETTINGS = [
  ["--hardfork", "prague"],
  ["--gas-limit", "30000000000"],
  ["--timestamp", String(Date.parse(CHAIN_BIRTH) / 1000)],
  ["--block-base-fee-per-gas", "0"],
  ["--gas-price", "0"],
  ["--host", "127.0.0.1"],
  ["--port", "0"],
  ["--memory-limit", String(2 ** 32)],
  ["--accounts", "1"],
  ["--order", "fifo"],
  ["--transaction-block-keeper", String(BLOCKS_REMEMBERED)],
].flat();
const SWITCHES = ["--prune-history", "--no-request-size-limit", "--disable-pool-balance-checks", "--no-cors"];

/** Starts a process of a group of its own, which a terminal's interrupt passes by, and keeps the end of what it says. */
function start(binary: string, socket: string): { readonly child: ChildProcess; readonly log: () => string } {
  const settings = [...SETTINGS, ...SWITCHES, "--ipc", socket];
  const child = spawn(binary, settings, { stdio: ["ignore", "pipe", "pipe"], detached: true });
  let said = "";
  const keep = (piece: Buffer): void => {
    said = (said + piece.toString("utf8")).slice(-LOG_TAIL);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  return { child, log: () => said.trim() };
}

/**
 * Ends a process, and removes its folder, when this one ends, however it ends: the guard waits at a pipe that only this
 * process holds open. Anvil comes for Linux alone, where there is always a shell.
 *
 * @returns What calls the guard off.
 */
function guard(child: ChildProcess, folder: string): () => void {
  const script = 'read -r _; kill -9 "$0"; rm -rf "$1"';
  const watcher = spawn("sh", ["-c", script, String(child.pid), folder], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  watcher.unref();
  (watcher.stdin as Socket).unref();
  return () => {
    watcher.kill("SIGKILL");
  };
}

/** Waits until the process says that it listens; one that dies first is an error with its log. */
async function listening(child: ChildProcess, log: () => string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on("data", () => {
      if (log().includes("Listening on")) resolve();
    });
    child.once("error", (error) => {
      reject(new ChainError("anvil", error.message, error));
    });
    child.once("exit", (code, signal) => {
      reject(new ChainError("anvil", `it ended at its start (${signal ?? String(code)}): ${log()}`));
    });
  });
}

/** An anvil of ours. */
export interface AnvilProcess {
  readonly pid: number;
  readonly provider: IpcProvider;
  /** Ends the process and removes its folder. */
  close(): Promise<void>;
}

/**
 * Starts anvil as a child process and connects to it over a local socket.
 *
 * The chain begins at the same instant as the one in this process. When the process dies, every request, those under way
 * included, ends with a {@link ChainError} that quotes its log.
 *
 * @throws {@link ChainError} where anvil is not installed or does not start.
 */
export async function startAnvil(): Promise<AnvilProcess> {
  const folder = await mkdtemp(path.join(tmpdir(), "faultline-anvil-"));
  const socket = path.join(folder, "ipc");
  const { child, log } = start(findAnvil(), socket);
  const callOff = guard(child, folder);
  child.once("exit", callOff);
  const stop = (): void => {
    child.kill("SIGKILL");
  };
  const close = async (): Promise<void> => {
    stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await listening(child, log);
    const died = new Promise<ChainError>((resolve) => {
      child.once("exit", (code, signal) => {
        resolve(new ChainError("anvil", `the process ended (${signal ?? String(code)}): ${log()}`));
      });
    });
    const provider = await IpcProvider.open(socket, async () => {
      stop();
      return await died;
    });
    await provider.request({ method: "anvil_setCode", params: [BLOCK_HASHES, "0x"] });
    return {
      pid: child.pid ?? 0,
      provider,
      close: async () => {
        provider.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
