/** The ports that the checks on received events ask, over a room in memory. */
import type { StateEvent } from "../events/room-event.ts";
import type { StateMap } from "../events/state-key.ts";
import type { ReceivingPorts } from "../handshakes/received-event.ts";
import type { SignatureVerifier } from "../ports/signature-verifier.ts";
import type { KeyLookup } from "../signing/key-validity.ts";
import type { InMemoryRoom } from "./in-memory-room.ts";

/** The ports over one room; `keys` are all at hand. */
export const inMemoryPorts = (
	room: InMemoryRoom,
	{ keys, verifier }: { readonly keys: KeyLookup; readonly verifier: SignatureVerifier },
): ReceivingPorts => {
	const partOf = (state: StateMap, wanted: Iterable<string>) => {
		const keysWanted = new Set(wanted);
		return new Map(
			[...state].flatMap(([key, id]) => (keysWanted.has(key) ? [[key, room.event(id) as StateEvent] as const] : [])),
		);
	};
	return {
		verifier,
		keys: { find: async () => ({ keys, unreachable: new Set() }) },
		events: {
			events: async (ids) =>
				new Map(
					ids.flatMap((id) => {
						const event = room.event(id);
						const status = room.status(id);
						return event === undefined || status === undefined ? [] : [[id, { event, status }] as const];
					}),
				),
		},
		states: {
			stateBefore: async ({ prevEvents }, wanted) =>
				room.knows(prevEvents) ? partOf(room.stateAt(prevEvents), wanted) : undefined,
			currentState: async (_, wanted) => partOf(room.currentState(), wanted),
		},
	};
};
