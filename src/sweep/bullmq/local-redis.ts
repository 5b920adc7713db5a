import { fork, type ChildProcess } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { RedisError } from "../../errors/redis-error.ts";
import { assertNoLink } from "../store/sweep-folder.ts";
import { parseRedisPlace, type RedisPlace } from "./redis-place.ts";

/** Times that a Redis that dies is started again. */
const MOST_DEATHS = 5;

/** A Redis of this sweep's own. */
export interface LocalRedis {
  readonly place: RedisPlace;
  close(): Promise<void>;
}

const SETTINGS = [
  ["--port", "0"],
  ["--unixsocketperm", "700"],
  ["--appendonly", "yes"],
  ["--appendfsync", "always"],
  ["--save", ""],
  ["--maxmemory-policy", "noeviction"],
  ["--loglevel", "warning"],
].flat();

interface Keeper {
  readonly child: ChildProcess;
  /** Resolves with Redis's process when it takes connections, and rejects where it cannot be started. */
  readonly ready: Promise<number>;
}

/** Starts Redis below a process that takes it along when this one dies, however that dies. */
function startKeeper(folder: string, socket: string): Keeper {
  const keeper = fileURLToPath(new URL("redis-keeper.ts", import.meta.url));
  const child = fork(keeper, ["--dir", folder, "--unixsocket", socket, ...SETTINGS], { stdio: "inherit" });
  const ready = new Promise<number>((resolve, reject) => {
    child.once("message", (message) => {
      if (typeof message === "number") resolve(message);
      else reject(new RedisError("this machine", typeof message === "string" ? message : "it cannot be started"));
    });
    child.once("exit", () => reject(new RedisError("this machine", "it ended at its start")));
  });
  return { child, ready };
}

/**
 * Starts the Redis that is installed here, reachable from this machine's user alone, and starts it again when it dies.
 *
 * @param folder - Where its append-only file lies.
 * @throws {@link RedisError} where none is installed, or it does not start.
 */
export async function startLocalRedis(folder: string, onNote: (text: string) => void): Promise<LocalRedis> {
  await assertNoLink(folder);
  await mkdir(folder, { recursive: true });
  // A socket's path has to be short.
  const home = await mkdtemp(path.join(tmpdir(), "faultline-redis-"));
  const socket = path.join(home, "redis.sock");
  const place = parseRedisPlace(`unix:${socket}`);
  let keeper = startKeeper(folder, socket);
  let closing = false;
  let deaths = 0;
  const watch = ({ child }: Keeper): void => {
    child.once("exit", () => {
      if (closing || ++deaths > MOST_DEATHS) return;
      onNote("Redis has ended; it is started again from its append-only file.");
      keeper = startKeeper(folder, socket);
      keeper.ready.then(
        () => watch(keeper),
        () => onNote("Redis does not start any more; Ctrl-C twice ends, and --resume goes on."),
      );
    });
  };
  const close = async (): Promise<void> => {
    closing = true;
    const { child } = keeper;
    if (child.connected) {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.disconnect();
      await ended;
    }
    await rm(home, { recursive: true, force: true });
  };
  try {
    onNote(`A Redis of this sweep's own runs as process ${await keeper.ready}.`);
    watch(keeper);
  } catch (error) {
    await close();
    throw error;
  }
  if (place === undefined) throw new RedisError(socket, "its socket has no usable path");
  return { place, close };
}
