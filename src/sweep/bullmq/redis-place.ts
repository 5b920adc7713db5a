import { Redis, type RedisOptions } from "ioredis";

import { RedisError } from "../../errors/redis-error.ts";

/** Time that Redis has to answer the first question [ms]. */
const PATIENCE = 5_000;
/** Time that a connection has to close [ms]: the client waits so long also for one that never was, and its process too. */
const FAREWELL = 100;

/** Where a Redis is, and how to open it. */
export interface RedisPlace {
  /** Host and port, or socket, as people may see it: without user and password. */
  readonly shown: string;
  readonly options: Omit<RedisOptions, "replyMapping">;
}

/** A part of a URL as it is meant; undefined where a sign in it is broken. */
function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/**
 * Reads where a Redis is: `redis://[user:password@]host[:port][/database]`, `rediss://` for TLS, or `unix:/path`.
 *
 * @returns Undefined for what is none of them.
 */
export function parseRedisPlace(text: string): RedisPlace | undefined {
  if (text.startsWith("unix:/")) {
    const socket = text.slice("unix:".length).replace(/^\/+/, "/");
    return { shown: `unix:${socket}`, options: { path: socket } };
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^rediss?:$/.test(url.protocol) || url.hostname === "") return undefined;
  const database = /^\/?([0-9]{0,4})$/.exec(url.pathname)?.[1];
  if (database === undefined || url.search !== "" || url.hash !== "") return undefined;
  const [username, password] = [url.username, url.password].map(decode);
  if (username === undefined || password === undefined) return undefined;
  const port = url.port === "" ? 6379 : Number(url.port);
  return {
    shown: `${url.protocol}//${url.hostname}:${port}${database === "" ? "" : `/${database}`}`,
    options: {
      host: url.hostname.replace(/^\[|\]$/g, ""),
      port,
      db: Number(database),
      ...(username === "" ? {} : { username }),
      ...(password === "" ? {} : { password }),
      ...(url.protocol === "rediss:" ? { tls: {} } : {}),
    },
  };
}

/** Why Redis did not answer; what a URL may hold besides its place is left out. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message.startsWith("NOAUTH")) return "it asks for a password";
  if (error.message.startsWith("WRONGPASS")) return "it knows no such user with this password";
  const code = "code" in error ? String(error.code) : "";
  const text = error.message === "" ? code : error.message;
  return (text === "" ? error.name : text).replace(/\.$/, "");
}

/**
 * Opens a Redis that has to be there now, and is waited for when it goes away later.
 *
 * @param onAway - Told once whenever the connection is lost.
 * @throws {@link RedisError} where it does not answer.
 */
export async function openRedis(place: RedisPlace, onAway: (reason: string) => void): Promise<Redis> {
  const options = { ...place.options, disconnectTimeout: FAREWELL };
  const knock = new Redis({ ...options, lazyConnect: true, connectTimeout: PATIENCE, retryStrategy: () => null });
  let failure: unknown;
  // What the connection says is more than what the command says that waited for it.
  knock.on("error", (error) => (failure ??= error));
  try {
    await knock.connect();
    await knock.ping();
  } catch (error) {
    throw new RedisError(place.shown, reasonOf(failure ?? error));
  } finally {
    knock.disconnect();
  }
  const redis = new Redis({ ...options, maxRetriesPerRequest: null });
  let away = false;
  redis.on("error", (error) => {
    if (!away) onAway(reasonOf(error));
    away = true;
  });
  redis.on("ready", () => (away = false));
  return redis;
}
