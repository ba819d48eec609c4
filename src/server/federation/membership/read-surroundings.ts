import type { RoomEvent } from "../../../../federation/events/room-event.ts";
import { type StateMapKey, stateMapKey } from "../../../../federation/events/state-key.ts";
import type { UserId } from "../../../../federation/identifiers/identifier-types.ts";
import type { Surroundings } from "../../../../federation/ports/resident-rooms.ts";
import type { PlacedState } from "../../rooms/public.ts";
import { textsOf } from "../answering/texts-in-pieces.ts";
import { stateBefore } from "../receiving/state-before.ts";
import type { MembershipDependencies } from "./membership-dependencies.ts";

/** A room of so many members goes out whole: asking for them again would take longer. */
const fewMembers = 100;
/** So many others name a room without a name. */
const maxHeroes = 5;

const membershipPrefix = stateMapKey("m.room.member", "");

/** The state before a stored event, and the ancestors by `auth_events` of that state and of the event, as they are stored. */
export const readSurroundings = async (
	{ graph, memberships, texts }: Pick<MembershipDependencies, "graph" | "memberships" | "texts">,
	event: RoomEvent,
	{ mayOmitMembers }: { readonly mayOmitMembers: boolean },
): Promise<Surroundings> => {
	const room = await graph.room(event.roomId);
	const join = (await graph.find([event.eventId])).get(event.eventId);
	if (room === undefined || join === undefined) throw new Error(`${event.roomId} is gone`);
	const whole = await (await stateBefore(graph, room, { event, given: undefined })).full();
	const heroes = isNamed(whole) ? [] : await memberships.heroesOf(event.roomId, maxHeroes);
	const state = mayOmitMembers ? withoutMembers(whole, [event.sender, ...heroes]) : whole;
	const nids = [...state.values()].map(({ nid }) => nid);
	const chain = await texts.authChainOf([...nids, join.nid]);
	const given = new Set(mayOmitMembers ? nids : []);
	return {
		areMembersOmitted: state.size < whole.size,
		state: textsOf(texts, nids),
		authChain: textsOf(
			texts,
			chain.map(({ nid }) => nid).filter((nid) => !given.has(nid)),
		),
	};
};

const isNamed = (state: PlacedState): boolean =>
	state.has(stateMapKey("m.room.name", "")) || state.has(stateMapKey("m.room.canonical_alias", ""));

const withoutMembers = (state: PlacedState, except: readonly UserId[]): PlacedState => {
	const members = [...state.keys()].filter((key) => key.startsWith(membershipPrefix));
	if (members.length <= fewMembers) return state;
	const kept = new Set<StateMapKey>(except.map((userId) => stateMapKey("m.room.member", userId)));
	return new Map([...state].filter(([key]) => !key.startsWith(membershipPrefix) || kept.has(key)));
};
