import { ChainError } from "../errors/chain-error.ts";
import type { Eip1193Provider } from "./chain-backend.ts";

/** How long a node may take for one answer [ms]: far longer than any step. */
const PATIENCE = 60_000;

/** An EIP-1193 provider that asks a node over HTTP. */
export class HttpProvider implements Eip1193Provider {
  readonly #url: string;
  readonly #patience: number;
  #next = 1;

  /** @param patience - How long an answer may take [ms]. */
  constructor(url: string, patience = PATIENCE) {
    this.#url = url;
    this.#patience = patience;
  }

  async request({ method, params = [] }: Parameters<Eip1193Provider["request"]>[0]): Promise<unknown> {
    const body = JSON.stringify({ jsonrpc: "2.0", id: this.#next++, method, params });
    const headers = { "content-type": "application/json" };
    const signal = AbortSignal.timeout(this.#patience);
    const response = await fetch(this.#url, { method: "POST", headers, body, signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
      throw new ChainError(method, `no answer came within ${this.#patience / 1000} s`, error);
    });
    if (!response.ok) throw new ChainError(method, `the node answered ${response.status} ${response.statusText}`);
    const answer = (await response.json()) as { result?: unknown; error?: { message?: string } };
    if (answer.error === undefined) return answer.result;
    throw Object.assign(new ChainError(method, answer.error.message ?? "unknown error"), answer.error);
  }
}
