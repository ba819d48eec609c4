import type { StateMap } from "@federation/events/state-key.ts";
import type { RoomVersionId } from "@federation/room-versions/room-version.ts";
import type { ResolutionSource } from "@federation/state-resolution/resolution-source.ts";
import { type TestRoom, testRoom } from "@federation/testing/event-factory.ts";
import { resolutionSourceOf } from "@federation/testing/resolution-source-of.ts";

const alice = "@alice:one.example";
const memberCount = 4_990;
const eventCount = 30_000;
const memberAt = (i: number): string => `@member${i % memberCount}:server${(i % memberCount) % 97}.example`;

/** A room of 30,000 events, about 5,000 of them its state, and two branches that differ in a few. */
export interface LargeRoom {
	readonly room: TestRoom;
	readonly source: ResolutionSource;
	readonly states: readonly StateMap[];
}

/**
 * Makes the room. All of its events set state, which is the hard case: messages are in no auth chain. Members come,
 * change their names again and again, and now and then the power levels or the join rules change.
 */
export const makeLargeRoom = (versionId: RoomVersionId): LargeRoom => {
	const room = testRoom(versionId, { joinRule: "public", powerLevels: levels(versionId, 0) });
	for (let i = room.events.size; i < eventCount; i++) appendOne(room, versionId, i);
	const [one, two] = [room.fork("one"), room.fork("two")];
	one.member(memberAt(7), "ban", { sender: alice });
	one.append({ type: "m.room.topic", sender: alice, stateKey: "", content: { topic: "one" } });
	for (let i = 100; i < 110; i++) rename(one, i, "one");
	two.append({ type: "m.room.power_levels", sender: alice, stateKey: "", content: levels(versionId, eventCount) });
	two.append({ type: "m.room.topic", sender: alice, stateKey: "", content: { topic: "two" } });
	for (let i = 105; i < 115; i++) rename(two, i, "two");
	rename(two, 7, "two");
	return { room, source: resolutionSourceOf(room.events.values()), states: [one.stateMap(), two.stateMap()] };
};

const appendOne = (room: TestRoom, versionId: RoomVersionId, i: number): void => {
	if (i % 150 === 0) {
		room.append({ type: "m.room.power_levels", sender: alice, stateKey: "", content: levels(versionId, i) });
	} else if (i % 1000 === 1) {
		room.append({ type: "m.room.join_rules", sender: alice, stateKey: "", content: { join_rule: "public", i } });
	} else {
		rename(room, i, `${i}`);
	}
};

/** A join the first time, a change of name later. */
const rename = (room: TestRoom, i: number, displayname: string): void => {
	room.member(memberAt(i), "join", { content: { displayname } });
};

const levels = (versionId: RoomVersionId, i: number) => ({
	users: { ...(versionId === "12" ? {} : { [alice]: 100 }), [memberAt(i)]: 50 },
});
