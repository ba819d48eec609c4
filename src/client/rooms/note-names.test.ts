import { beforeEach, describe, expect, it } from "vitest";
import type { WireMember } from "../../shared/wire/room.ts";
import { withRoom } from "../store/client-state.ts";
import { clientStore } from "../store/client-store.ts";
import { noteNames } from "./note-names.ts";

const roomId = "!room:a";
const member = (name: string, displayName: string): WireMember => ({
	userId: `@${name}:a`,
	displayName,
	membership: "join",
	role: "member",
});
const namesOf = () => Object.fromEntries(clientStore.get().rooms.get(roomId)?.names ?? []);

describe("noteNames", () => {
	beforeEach(() => {
		clientStore.set((state) => withRoom({ ...state, rooms: new Map() }, roomId, (room) => room));
	});

	it("adds names to those that are known, and takes the newer one", () => {
		noteNames(roomId, [member("ann", "Ann"), member("ben", "Ben")]);
		noteNames(roomId, [member("ben", "Benedict")]);
		expect(namesOf()).toEqual({ "@ann:a": "Ann", "@ben:a": "Benedict" });
	});

	it("leaves the state as it is where all is known, so that nothing is drawn again", () => {
		noteNames(roomId, [member("ann", "Ann"), member("ben", "Ben")]);
		const before = clientStore.get();
		noteNames(roomId, [member("ann", "Ann")]);
		expect(clientStore.get()).toBe(before);
	});

	it("knows nothing of a room that is not here", () => {
		const before = clientStore.get();
		noteNames("!other:a", [member("ann", "Ann")]);
		expect(clientStore.get()).toBe(before);
	});
});
