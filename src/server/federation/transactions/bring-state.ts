import {
	type Asking,
	askForAuthChain,
	askForEvent,
	askForState,
	askForStateIds,
	type Given,
} from "../../../../federation/handshakes/ask-for-events.ts";
import type { EventId } from "../../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { GapDependencies } from "./gap-dependencies.ts";

/** What another server did not answer. */
export type NotGiven = Exclude<Given<object>, { kind: "given" }>;

/** More missing events than this are cheaper to get whole. */
const maxSingly = 50;
const atOnce = 8;
/** More than the state of the largest rooms. */
const maxStateEvents = 100_000;

/** The state before an event, as another server says, stored as outliers; its ids. */
export const bringStateBefore = async (
	dependencies: GapDependencies,
	asking: Asking,
	eventId: EventId,
): Promise<readonly EventId[] | NotGiven> => {
	const ids = await askForStateIds(asking, eventId);
	if (ids.kind !== "given") return ids;
	const wanted = [...new Set([...ids.authChain, ...ids.state])].slice(0, maxStateEvents);
	const missing = await missingOf(dependencies, wanted);
	if (missing.length > 0) {
		const given = missing.length > maxSingly ? await askForState(asking, eventId) : await askForEach(asking, missing);
		if (given.kind !== "given") return given;
		await dependencies.receiving.storeOutliers({ roomId: asking.roomId, pdus: given.pdus });
	}
	// What is refused is in nobody's state.
	const lacking = new Set(await missingOf(dependencies, ids.state));
	return ids.state.filter((id) => !lacking.has(id));
};

/** The ancestors by which an event is allowed, stored as outliers. */
export const bringAuthEvents = async (
	dependencies: GapDependencies,
	asking: Asking,
	{ eventId, missing }: { readonly eventId: EventId; readonly missing: readonly EventId[] },
): Promise<NotGiven | undefined> => {
	const chain = await askForAuthChain(asking, eventId);
	const given = chain.kind === "given" ? chain : await askForEach(asking, missing.slice(0, maxSingly));
	if (given.kind !== "given") return given;
	await dependencies.receiving.storeOutliers({ roomId: asking.roomId, pdus: given.pdus });
	return undefined;
};

const missingOf = async ({ graph }: GapDependencies, ids: readonly EventId[]): Promise<readonly EventId[]> => {
	const stored = await graph.find(ids);
	return ids.filter((id) => !stored.has(id));
};

/** Single events, a few at once; what the server does not have is left out. */
const askForEach = async (
	asking: Asking,
	ids: readonly EventId[],
): Promise<Given<{ readonly pdus: readonly JsonObject[] }>> => {
	const pdus: JsonObject[] = [];
	for (let at = 0; at < ids.length; at += atOnce) {
		const answers = await Promise.all(ids.slice(at, at + atOnce).map((id) => askForEvent(asking, id)));
		for (const answer of answers) {
			if (answer.kind === "unreachable") return answer;
			if (answer.kind === "given") pdus.push(...answer.pdus);
		}
	}
	return { kind: "given", pdus };
};
