import { availableParallelism } from "node:os";

import type { HardhatPlugin } from "hardhat/types/plugins";
import type { SolidityHooks } from "hardhat/types/hooks";
import type { CompilerInput, CompilerOutput, CompilerOutputBytecode } from "hardhat/types/solidity";

/** Below this many sources one compiler is done before a second one has started. */
const WORTH_TWO = 100;

const OPCODES = /\.opcodes$/;

/** What a compiler is to write of each source: `""` for the source as a whole, `"*"` for each of its contracts. */
type Selection = CompilerInput["settings"]["outputSelection"];

/** What is asked for by default, without the listings of opcodes: two fifths of all that the compiler writes. */
function outputsOf({ settings }: CompilerInput): { source: string[]; contract: string[] } {
  const { "": source = [], "*": contract = [] } = settings.outputSelection["*"] ?? {};
  return { source, contract: contract.filter((name) => !OPCODES.test(name)) };
}

/**
 * Shares sources between two compilers. Both read all of them; one writes code of the Solidity tests, and of the
 * contracts that these create, as it has to compile them anyway; the other one of all the rest.
 */
function halvesOf(sources: CompilerInput["sources"]): [rest: string[], tests: string[]] {
  const tests = Object.keys(sources).filter((name) => name.startsWith("project/test/"));
  const created = new Set(
    tests.flatMap((name) =>
      [...(sources[name]?.content ?? "").matchAll(/\bnew ([A-Z]\w*)\(/g)].map(([, made]) => made),
    ),
  );
  const isTests = (name: string): boolean =>
    name.startsWith("project/test/") || created.has(/(\w+)\.sol$/.exec(name)?.[1] ?? "");
  const all = Object.keys(sources);
  return [all.filter((name) => !isTests(name)), all.filter(isTests)];
}

function asking(input: CompilerInput, outputSelection: Selection): CompilerInput {
  return { ...input, settings: { ...input.settings, outputSelection } };
}

/** Both compilers' output as one would have written it: both have read all sources, and tell the tree of their own. */
function together(first: CompilerOutput, second: CompilerOutput): CompilerOutput {
  const told = new Set(first.errors?.map(({ formattedMessage }) => formattedMessage));
  const more = second.errors?.filter(({ formattedMessage }) => !told.has(formattedMessage)) ?? [];
  const trees = Object.entries(second.sources).filter(([, { ast }]) => ast !== undefined);
  return {
    ...(first.errors === undefined && more.length === 0 ? {} : { errors: [...(first.errors ?? []), ...more] }),
    sources: { ...first.sources, ...Object.fromEntries(trees) },
    contracts: { ...first.contracts, ...second.contracts },
  };
}

/** Hardhat's types have opcodes in every bytecode; nothing reads them. */
function withEmptyOpcodes(output: CompilerOutput): CompilerOutput {
  const fill = (code: CompilerOutputBytecode | undefined): void => {
    if (code !== undefined) code.opcodes = "";
  };
  for (const contracts of Object.values(output.contracts ?? {})) {
    for (const { evm } of Object.values(contracts)) {
      fill(evm?.bytecode);
      fill(evm?.deployedBytecode);
    }
  }
  return output;
}

/**
 * Compiles on two cores where there are two and it is worth it.
 *
 * @param input - What Hardhat would have one compiler do.
 * @param compile - Runs a compiler of its own.
 * @param from - From how many sources on two compilers are worth it.
 * @returns What one compiler would have written, to the byte, but for the listings of opcodes, which are empty.
 */
export async function compileLeanly(
  input: CompilerInput,
  compile: (input: CompilerInput) => Promise<CompilerOutput>,
  from = availableParallelism() < 2 ? Infinity : WORTH_TWO,
): Promise<CompilerOutput> {
  const { source, contract } = outputsOf(input);
  const asked = { "": source, "*": contract };
  const halves = halvesOf(input.sources);
  if (Object.keys(input.sources).length < from || halves.some((half) => half.length === 0)) {
    return withEmptyOpcodes(await compile(asking(input, { "*": asked })));
  }
  // Sources by name: whatever is asked of "*", even the sources' trees alone, has a compiler write code of everything.
  const [first, second] = await Promise.all(
    halves.map(async (half) => await compile(asking(input, Object.fromEntries(half.map((name) => [name, asked]))))),
  );
  return withEmptyOpcodes(together(first as CompilerOutput, second as CompilerOutput));
}

const hooks: Partial<SolidityHooks> = {
  invokeSolc: async (...[context, compiler, input, config, next]) =>
    await compileLeanly(input, async (part) => await next(context, compiler, part, config)),
};

/**
 * Compiles on two cores, and without what nobody reads: one compiler takes one core, and a fresh clone waits minutes for
 * it. What it writes is what one compiler would, to the byte, but for the listings of opcodes.
 */
export const leanCompiler: HardhatPlugin = {
  id: "faultline-lean-compiler",
  hookHandlers: {
    solidity: async () => await Promise.resolve({ default: async () => await Promise.resolve(hooks) }),
  },
};
