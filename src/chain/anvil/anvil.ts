import type { ChainBackend } from "../chain-backend.ts";
import { createEip1193Backend } from "../eip1193-backend.ts";
import { anvilDialect } from "../rpc-dialect.ts";
import { RenewingProvider, type RenewalOptions } from "./renewing-provider.ts";
import { skipping } from "./skip-blocks.ts";

/**
 * Starts anvil as a child process and drives it over a local socket.
 *
 * History is pruned and the process renewed every so many blocks, so that long runs stay flat. When the process dies,
 * every request, those under way included, ends with a {@link ChainError} that quotes its log.
 *
 * @param onStart - Told the id of every process that is started.
 * @param options.blocksPerProcess - Blocks after which a new process takes the state over.
 * @returns Its backend; closing it stops the process.
 * @throws {@link ChainError} where anvil is not installed or does not start.
 */
export async function createAnvilBackend(
  onStart?: (pid: number) => void,
  options?: RenewalOptions,
): Promise<ChainBackend> {
  const provider = await RenewingProvider.open(onStart, options);
  try {
    return await createEip1193Backend(provider, {
      dialect: { ...anvilDialect, skip: skipping },
      close: async () => {
        await provider.close();
      },
    });
  } catch (error) {
    await provider.close();
    throw error;
  }
}
