import type { EventId, UserId } from "@federation/identifiers/identifier-types.ts";
import { userIdServer } from "@federation/identifiers/user-id.ts";
import type { RoomCopy, StoredCopy } from "./room-copy.ts";

/** What of each kind is said; there may be thousands. */
const mostSaid = 4;

/** What servers that are in a room have to agree on, and do not. */
export const compareCopies = (copies: readonly RoomCopy[]): readonly string[] => {
	const [first, ...others] = copies;
	if (first === undefined) return [];
	return [
		...copies.flatMap(ownFaults),
		...others.flatMap((other) => [
			...differences("present state", [first, first.state], [other, other.state]),
			...differences("members", [first, presentMembers(first)], [other, presentMembers(other)]),
			...(first.ends.join() === other.ends.join()
				? []
				: [`${first.server} ends in ${first.ends.join()}, ${other.server} in ${other.ends.join()}`]),
			...verdictDifferences(first, other),
		]),
		...missingEvents(copies),
	];
};

/** Whoever was taken out of the state again leaves a row behind where they had one. */
const presentMembers = ({ members }: RoomCopy): ReadonlyMap<string, string> =>
	new Map([...members].filter(([, membership]) => membership !== "leave"));

const differences = (
	what: string,
	[one, ofOne]: readonly [RoomCopy, ReadonlyMap<string, string>],
	[other, ofOther]: readonly [RoomCopy, ReadonlyMap<string, string>],
): readonly string[] => {
	const keys = [...new Set([...ofOne.keys(), ...ofOther.keys()])].filter((key) => ofOne.get(key) !== ofOther.get(key));
	return keys
		.slice(0, mostSaid)
		.map(
			(key) =>
				`${what} ${key.replace("\n", " ")}: ${ofOne.get(key)} at ${one.server}, ${ofOther.get(key)} at ${other.server}`,
		);
};

/** What a server says of the room must follow from the state that it has. */
const ownFaults = (copy: RoomCopy): readonly string[] => {
	const { server, state, events, row } = copy;
	const said = (type: string, key: string): unknown => {
		const id = state.get(`${type}\n`);
		return id === undefined ? undefined : events.get(id)?.content[key];
	};
	const memberships = new Map(
		[...state].flatMap(([key, id]) => {
			const [type, userId = ""] = key.split("\n");
			return type === "m.room.member" ? [[userId, events.get(id)?.content.membership ?? "?"] as const] : [];
		}),
	);
	const counted = (membership: string): number =>
		[...memberships.values()].filter((each) => each === membership).length;
	const expected = {
		name: said("m.room.name", "name") ?? null,
		topic: said("m.room.topic", "topic") ?? null,
		joinRule: said("m.room.join_rules", "join_rule") ?? "invite",
		historyVisibility: said("m.room.history_visibility", "history_visibility") ?? "shared",
		joinedCount: counted("join"),
		invitedCount: counted("invite"),
	};
	const known = new Map(
		[...copy.members].filter(([userId, membership]) => memberships.has(userId) || membership !== "leave"),
	);
	return [
		...differences("state group against present state", [copy, copy.groupState], [copy, state]),
		...differences("members against present state", [copy, known], [copy, memberships]),
		...Object.entries(expected)
			.filter(([key, value]) => row[key as keyof typeof row] !== value)
			.map(([key, value]) => `${server} says of ${key} ${row[key as keyof typeof row]}, and its state ${value}`),
	];
};

/** Rejecting follows from the graph, so all must; what is stored must be the same where the same redactions count. */
const verdictDifferences = (one: RoomCopy, other: RoomCopy): readonly string[] => {
	const said: string[] = [];
	const isOpen = wasAlwaysOpen(one) && wasAlwaysOpen(other);
	for (const event of one.events.values()) {
		const twin = other.events.get(event.eventId);
		if (twin === undefined || event.position === null || twin.position === null) continue;
		if ((event.verdict === 1) !== (twin.verdict === 1)) {
			said.push(`${nameOf(event)}: verdict ${event.verdict} at ${one.server}, ${twin.verdict} at ${other.server}`);
		} else if (redactionsOf(one, event) === redactionsOf(other, event)) {
			const parts = differingParts(event, twin);
			// What the room hid from a server, that one gets without its content.
			if (parts.length > 0 && (isOpen || parts.join() !== "content"))
				said.push(`${nameOf(event)} is stored otherwise at ${one.server} than at ${other.server}: ${parts.join(", ")}`);
		}
	}
	return said.slice(0, mostSaid);
};

const wasAlwaysOpen = ({ events }: RoomCopy): boolean =>
	[...events.values()].every(
		({ type, content }) => type !== "m.room.history_visibility" || content["history_visibility"] === "shared",
	);

const differingParts = (event: StoredCopy, twin: StoredCopy): readonly string[] => {
	if (event.json === twin.json) return [];
	const [ofOne, ofOther] = [partsOf(event), partsOf(twin)];
	return Object.keys({ ...ofOne, ...ofOther }).filter((part) => ofOne[part] !== ofOther[part]);
};

const partsOf = ({ json }: StoredCopy): Record<string, string> =>
	Object.fromEntries(Object.entries(JSON.parse(json) as object).map(([part, value]) => [part, JSON.stringify(value)]));

const redactionsOf = (copy: RoomCopy, { eventId }: StoredCopy): string =>
	[...copy.events.values()]
		.filter((event) => event.redacts === eventId && event.verdict === 0 && event.position !== null)
		.map((event) => event.eventId)
		.sort()
		.join();

/**
 * Accepted by one, and unknown to another that is in the room: allowed only from before it came in, and only where whoever
 * scrolls up there comes to it.
 */
export const missingEvents = (copies: readonly RoomCopy[]): readonly string[] => {
	const all = new Map<EventId, StoredCopy>();
	for (const copy of copies)
		for (const [id, event] of copy.events) if (event.position !== null || !all.has(id)) all.set(id, event);
	const accepted = [...all.keys()].filter(
		(id) => copies.some((copy) => verdictIn(copy, id) === 0) && !endsWithItsWriter(copies, id),
	);
	return copies.flatMap((copy) => {
		const entries = [...copy.events.values()].filter((event) => isEntry(copy, event, all));
		const before = withAncestors(
			entries.flatMap(({ prevEvents }) => prevEvents),
			all,
		);
		const history = withAncestors(copy.awaited, all);
		return accepted
			.flatMap((id) => (isThere(copy, id) ? [] : (all.get(id) ?? [])))
			.filter(({ eventId, depth }) => !history.has(eventId) || !(before.has(eventId) || depth < copy.entryDepth))
			.slice(0, mostSaid)
			.map((event) => `${copy.server} lacks ${nameOf(event)}`);
	});
};

/**
 * Soft-failed where it came, and nothing accepted stands on it: it is handed on to nobody. So ends what somebody writes while
 * they are banned elsewhere, once their server, which hears of the ban later, has come in anew. Matrix v1.19 Server-Server
 * API, "Soft failure".
 */
const endsWithItsWriter = (copies: readonly RoomCopy[], eventId: EventId): boolean =>
	copies.some((copy) => verdictIn(copy, eventId) === 2) &&
	!copies.some((copy) =>
		[...copy.events.values()].some(
			(event) => verdictIn(copy, event.eventId) === 0 && event.prevEvents.includes(eventId),
		),
	);

const isThere = (copy: RoomCopy, eventId: EventId): boolean => (copy.events.get(eventId)?.position ?? null) !== null;

const verdictIn = (copy: RoomCopy, eventId: EventId): number | undefined =>
	isThere(copy, eventId) ? copy.events.get(eventId)?.verdict : undefined;

const withAncestors = (ids: readonly EventId[], all: ReadonlyMap<EventId, StoredCopy>): ReadonlySet<EventId> => {
	const found = new Set<EventId>();
	const pending = [...ids];
	for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
		if (found.has(id)) continue;
		found.add(id);
		pending.push(...(all.get(id)?.prevEvents ?? []));
	}
	return found;
};

/** A join of the server's people by which it came in: none of them was a member by what allowed the event, as far as it came here. */
const isEntry = (copy: RoomCopy, event: StoredCopy, all: ReadonlyMap<EventId, StoredCopy>): boolean => {
	const { type, stateKey, content, position } = event;
	if (type !== "m.room.member" || content.membership !== "join" || position === null || stateKey === null) return false;
	if (userIdServer(stateKey as UserId) !== copy.server) return false;
	const earlier = event.authEvents
		.map((id) => all.get(id))
		.find((each) => each?.type === type && each.stateKey === stateKey);
	// A join whose answer was lost is made again: the first one never came here.
	return earlier?.content.membership !== "join" || !isThere(copy, earlier.eventId);
};

const nameOf = (event: StoredCopy): string =>
	`${event.eventId} (${event.type} of ${event.sender}${event.stateKey === null ? "" : ` for "${event.stateKey}"`}${
		event.content.membership === undefined ? "" : `: ${event.content.membership}`
	})`;
