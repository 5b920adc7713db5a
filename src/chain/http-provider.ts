import { ChainError } from "../errors/chain-error.ts";
import type { Eip1193Provider } from "./chain-backend.ts";

/** An EIP-1193 provider that asks a node over HTTP. */
export class HttpProvider implements Eip1193Provider {
  readonly #url: string;
  #next = 1;

  constructor(url: string) {
    this.#url = url;
  }

  async request({ method, params = [] }: Parameters<Eip1193Provider["request"]>[0]): Promise<unknown> {
    const body = JSON.stringify({ jsonrpc: "2.0", id: this.#next++, method, params });
    const headers = { "content-type": "application/json" };
    const response = await fetch(this.#url, { method: "POST", headers, body });
    if (!response.ok) throw new ChainError(method, `the node answered ${response.status} ${response.statusText}`);
    const answer = (await response.json()) as { result?: unknown; error?: { message?: string } };
    if (answer.error === undefined) return answer.result;
    throw Object.assign(new ChainError(method, answer.error.message ?? "unknown error"), answer.error);
  }
}
