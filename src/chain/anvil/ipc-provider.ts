import { connect, type Socket } from "node:net";

import { ChainError } from "../../errors/chain-error.ts";
import type { Eip1193Provider } from "../chain-backend.ts";
import { JsonStream } from "./json-stream.ts";

interface Waiting {
  readonly method: string;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly code?: number; readonly message?: string; readonly data?: unknown };
}

/** An EIP-1193 provider over a local socket: JSON-RPC without HTTP. */
export class IpcProvider implements Eip1193Provider {
  readonly #socket: Socket;
  readonly #stream = new JsonStream();
  readonly #waiting = new Map<number, Waiting>();
  #next = 1;
  #broken: ChainError | undefined;

  private constructor(socket: Socket, whyClosed: () => Promise<ChainError>) {
    this.#socket = socket;
    socket.on("data", (piece) => {
      for (const text of this.#stream.push(piece)) this.#settle(JSON.parse(text) as Answer);
    });
    // An error is followed by the close.
    socket.on("error", () => undefined);
    socket.on("close", () => {
      void whyClosed().then((reason) => {
        this.fail(reason);
      });
    });
  }

  /**
   * Connects to a socket's path.
   *
   * @param whyClosed - Asked once the connection is gone; every request ends with the error that it gives.
   * @throws {@link ChainError} when nobody listens there.
   */
  static async open(path: string, whyClosed: () => Promise<ChainError>): Promise<IpcProvider> {
    const socket = connect(path);
    await new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve);
      socket.once("error", (error) => {
        reject(new ChainError("ipc", error.message, error));
      });
    });
    return new IpcProvider(socket, whyClosed);
  }

  async request({ method, params = [] }: Parameters<Eip1193Provider["request"]>[0]): Promise<unknown> {
    if (this.#broken !== undefined) throw this.#broken;
    const id = this.#next++;
    return await new Promise((resolve, reject) => {
      this.#waiting.set(id, { method, resolve, reject });
      this.#socket.write(`${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`);
    });
  }

  /** Ends every request, those to come too, with an error; the first reason stays. */
  fail(error: ChainError): void {
    this.#broken ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#broken);
    this.#waiting.clear();
  }

  close(): void {
    this.#broken ??= new ChainError("ipc", "the connection is closed");
    this.#socket.destroy();
  }

  #settle({ id, result, error }: Answer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(result);
    else waiting?.reject(Object.assign(new ChainError(waiting.method, error.message ?? "unknown error"), error));
  }
}
