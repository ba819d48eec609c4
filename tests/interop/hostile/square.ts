import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { eventually } from "../eventually.ts";
import type { Person } from "../homeserver.ts";
import { type HostileGuest, joinAsGuest } from "./hostile-guest.ts";
import type { HostileSetting } from "./hostile-setting.ts";
import { readStoredRoom, type StoredRoom, waitingPdus } from "./stored-room.ts";

/** Ada's public room, and Mallory of the hostile server who was let into it. */
export interface Square {
	readonly ada: Person;
	readonly mallory: HostileGuest;
	readonly roomId: string;
	/**
	 * Sends something that holds behind what was sent before: when it is shown, everything before it was judged. Answers what
	 * is stored but for that.
	 */
	settled(): Promise<StoredRoom>;
	/** Sends it and says that nothing of the room has changed, whatever was stored aside. */
	changesNothing(events: Parameters<HostileGuest["send"]>[0]): Promise<StoredRoom>;
}

export const openSquare = async ({ kith, peer }: HostileSetting): Promise<Square> => {
	const ada = await kith.register("ada");
	const roomId = await ada.createRoom({ version: "12", name: "Square", aliasLocalpart: randomUUID() });
	const mallory = await joinAsGuest(kith, peer, { roomId, localpart: "mallory" });
	const own = new Set<string>();
	const settled = async (): Promise<StoredRoom> => {
		const last = mallory.forge();
		own.add(last.eventId);
		await mallory.send([last]);
		return eventually(async () => {
			const stored = await readStoredRoom(kith, roomId);
			expect(stored.shown).toContain(last.eventId);
			expect(await waitingPdus(kith, roomId)).toBe(0);
			return { ...stored, shown: stored.shown.filter((eventId) => !own.has(eventId)) };
		});
	};
	return {
		ada,
		mallory,
		roomId,
		settled,
		changesNothing: async (events) => {
			const before = await settled();
			const told = await mallory.send(events);
			expect(told.status).toBe(200);
			const after = await settled();
			const own = new Set(before.shown);
			expect(after.state).toEqual(before.state);
			expect(
				after.shown.filter(
					(eventId) => !own.has(eventId) && events.some((event) => "eventId" in event && event.eventId === eventId),
				),
			).toEqual([]);
			return after;
		},
	};
};
