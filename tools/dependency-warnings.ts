import type { HardhatPlugin } from "hardhat/types/plugins";
import type { SolidityHooks } from "hardhat/types/hooks";

/** Where the compiler saw it, as the line below the message says. */
const IN_DEPENDENCY = /-->\s+\S*(?:node_modules|npm)\//;

const hooks: Partial<SolidityHooks> = {
  getCompilationJobErrors: async (...[context, job, output, next]) => {
    const found = await next(context, job, output);
    return found.filter(
      ({ severity, formattedMessage }) => severity === "error" || !IN_DEPENDENCY.test(formattedMessage ?? ""),
    );
  },
};

/**
 * Keeps the compiler's warnings about dependencies to itself: they are not ours to mend, and they would hide our own.
 * Errors pass, wherever they are, and so does every warning about the project's sources.
 */
export const dependencyWarnings: HardhatPlugin = {
  id: "faultline-dependency-warnings",
  hookHandlers: {
    solidity: async () => await Promise.resolve({ default: async () => await Promise.resolve(hooks) }),
  },
};
