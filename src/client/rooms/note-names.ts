import type { WireMember } from "../../shared/wire/room.ts";
import { withRoom } from "../store/client-state.ts";
import { clientStore } from "../store/client-store.ts";

/** Takes over what a room's people are called, so that a start without a server knows it too. */
export function noteNames(roomId: string, members: readonly WireMember[]): void {
	const known = clientStore.get().rooms.get(roomId)?.names;
	if (known === undefined || members.every(({ userId, displayName }) => known.get(userId) === displayName)) return;
	clientStore.set((state) =>
		withRoom(state, roomId, (room) => ({
			...room,
			names: new Map([...room.names, ...members.map((one) => [one.userId, one.displayName] as const)]),
		})),
	);
}
