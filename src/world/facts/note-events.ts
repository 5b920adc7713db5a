import { setName } from "../address-book.ts";
import { asText, type DecodedEvent } from "../codec/prepared-contract.ts";
import { noteMember } from "../journal.ts";
import { nameOf, type FactContext } from "./fact-context.ts";

/** Rounds, tasks and requests that a view shows at most; older ones stay in the events. */
const KEPT_TASKS = 32;

interface SetTuple {
  readonly avs: string;
  readonly id: bigint;
}

function setFromTuple({ world }: FactContext, value: unknown): string | null {
  const { avs, id } = value as SetTuple;
  return setName(world.book, avs, id);
}

/** Set of a service's event: the service emits, the event names the number. */
function setFromService({ world }: FactContext, { address, args }: DecodedEvent): string | null {
  return setName(world.book, address, args["setId"] as bigint);
}

function noteRound(context: FactContext, event: DecodedEvent): void {
  const set = setFromService(context, event);
  const { journal, world } = context;
  const service = journal.services.get(set ?? "");
  if (set === null || service === undefined) return;
  const round = event.args["round"] as bigint;
  journal.rounds
    .get(set)
    ?.push({ topic: asText(event.args["topic"]), round, openedAt: journal.clock, published: false });
  service.round = round;
  if (service.kind !== "availability") return;
  service.tasks.push({ id: round, openedAt: world.clock.time(journal.clock), attested: [] });
  if (service.tasks.length > KEPT_TASKS) service.tasks.shift();
}

function noteServed(context: FactContext, event: DecodedEvent): void {
  const service = context.journal.services.get(setFromService(context, event) ?? "");
  const task = service?.tasks.find(({ id }) => id === event.args["round"]);
  task?.attested.push(nameOf(context.world, event.args["operator"]));
}

function notePrice(context: FactContext, event: DecodedEvent): void {
  const set = setFromService(context, event) ?? "";
  const round = context.journal.rounds.get(set)?.find((opened) => opened.round === event.args["round"]);
  if (round !== undefined) round.published = true;
  const service = context.journal.services.get(set);
  if (service !== undefined) service.price = event.args["median"] as bigint;
}

function noteHeartbeat(context: FactContext, { args }: DecodedEvent): void {
  const { journal, world } = context;
  const service = journal.services.get(setFromTuple(context, args["set"]) ?? "");
  if (service !== undefined) service.lastHeartbeat[nameOf(world, args["operator"])] = world.clock.time(journal.clock);
}

function noteMembership(context: FactContext, { args }: DecodedEvent): void {
  const set = setFromTuple(context, args["set"]);
  if (set !== null) noteMember(context.journal, set, nameOf(context.world, args["operator"]));
}

function noteUnstakeRequest({ journal, world }: FactContext, { args }: DecodedEvent): void {
  const request = args["id"] as bigint;
  journal.unstakes.set(request, {
    request,
    holder: nameOf(world, args["owner"]),
    requestedAt: world.clock.time(journal.clock),
    amount: args["amount"] as bigint,
    finalized: false,
    claimed: false,
  });
}

function noteFinalized({ journal }: FactContext, { args }: DecodedEvent): void {
  for (const [id, request] of journal.unstakes) {
    if (id >= (args["firstId"] as bigint) && id <= (args["lastId"] as bigint)) request.finalized = true;
  }
}

/** Brings the journal up to an event that makes no fact of its own. */
export function noteEvent(context: FactContext, event: DecodedEvent): void {
  switch (event.name) {
    case "OperatorJoined":
    case "AllocationUpdated":
      noteMembership(context, event);
      break;
    case "KeyRegistered":
      context.journal.registered.add(nameOf(context.world, event.args["operator"]));
      break;
    case "RoundOpened":
      noteRound(context, event);
      break;
    case "RoundServed":
      noteServed(context, event);
      break;
    case "MedianPublished":
      notePrice(context, event);
      break;
    case "HeartbeatRecorded":
      noteHeartbeat(context, event);
      break;
    case "WithdrawalRequested":
      noteUnstakeRequest(context, event);
      break;
    case "WithdrawalsFinalized":
      noteFinalized(context, event);
      break;
    case "WithdrawalClaimed":
      context.journal.unstakes.delete(event.args["id"] as bigint);
      break;
    default:
      break;
  }
}
