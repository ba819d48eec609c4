/**
 * Two servers, a room of Alice's on the first, and Bob of the second who wants to join it: where the membership handshakes
 * are lied in, on either side.
 */
import { askToJoin } from "../handshakes/membership/ask-to-join.ts";
import type { RoomVersionId } from "../room-versions/room-version.ts";
import { userId } from "./identifiers.ts";
import { MembershipNetwork } from "./membership-network.ts";
import { type TestJoinRules, testNow } from "./membership-server.ts";

export const alice = userId("@alice:one.example");
export const bob = userId("@bob:two.example");
export const mallory = userId("@mallory:mallory.example");

/** The room is of this version; who may join is said by `joinRules`, and everybody may where nothing is said. */
export const bobAtTheDoor = (id: RoomVersionId, joinRules: TestJoinRules = { join_rule: "public" }) => {
	const network = new MembershipNetwork();
	const one = network.add("one.example");
	const two = network.add("two.example");
	const roomId = one.create(alice, id, joinRules);
	const wish = { server: one.name, roomId, userId: bob, content: {}, originServerTs: testNow };
	const join = (room = roomId, server = one.name) =>
		askToJoin(two.asking(network.transportOf(two)), { ...wish, server, roomId: room });
	const joinPart = () => askToJoin(two.asking(network.transportOf(two)), { ...wish, mayOmitMembers: true });
	return { network, one, two, roomId, join, joinPart };
};
