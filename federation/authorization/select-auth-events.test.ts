import { expect, test } from "vitest";
import type { RoomVersionId } from "../room-versions/room-version.ts";
import { roomVersions } from "../room-versions/room-versions.ts";
import { alice, bob, carol, versions } from "../testing/authorization-checks.ts";
import { authEventKeys, type SelectableEvent } from "./select-auth-events.ts";

const keysOf = (id: RoomVersionId, event: SelectableEvent): string[] =>
	authEventKeys(event, roomVersions[id]).map(([type, stateKey]) => `${type.replace("m.room.", "")} ${stateKey}`.trim());
const createOf = (id: RoomVersionId): string[] => (id === "12" ? [] : ["create"]);
const membership = (content: SelectableEvent["content"], sender = alice, target = bob): SelectableEvent => ({
	type: "m.room.member",
	sender,
	stateKey: target,
	content,
});

test.each(versions("6"))("AUTH-EVENTS-SELECTION: selects nothing for the create event (v%s)", (id) => {
	expect(keysOf(id, { type: "m.room.create", sender: alice, stateKey: "", content: {} })).toEqual([]);
});

test.each(versions("6"))("AUTH-EVENTS-SELECTION: selects create, levels and the sender for a message (v%s)", (id) => {
	const message = { type: "m.room.message", sender: alice, stateKey: undefined, content: { membership: "join" } };
	expect(keysOf(id, message)).toEqual([...createOf(id), "power_levels", `member ${alice}`]);
});

test.each(versions("6"))("AUTH-EVENTS-SELECTION: selects the target and, to come in, the join rules (v%s)", (id) => {
	const base = [...createOf(id), "power_levels", `member ${alice}`, `member ${bob}`];
	for (const value of ["leave", "ban"]) expect(keysOf(id, membership({ membership: value }))).toEqual(base);
	for (const value of ["join", "invite", "knock"]) {
		expect(keysOf(id, membership({ membership: value }))).toEqual([...base, "join_rules"]);
	}
});

test.each(versions("6"))("AUTH-EVENTS-SELECTION: selects the own membership once (v%s)", (id) => {
	const own = membership({ membership: "join", join_authorised_via_users_server: alice }, alice, alice);
	expect(keysOf(id, own)).toEqual([...createOf(id), "power_levels", `member ${alice}`, "join_rules"]);
});

test.each(versions("6"))("AUTH-EVENTS-SELECTION: selects the third-party invite of the token (v%s)", (id) => {
	const redeem = (third_party_invite: SelectableEvent["content"], value = "invite") =>
		keysOf(id, membership({ membership: value, third_party_invite }));
	expect(redeem({ signed: { token: "t" } })).toContain("third_party_invite t");
	for (const other of [redeem({}), redeem({ signed: { token: 1 } }), redeem({ signed: { token: "t" } }, "join")]) {
		expect(other.join()).not.toContain("third_party_invite");
	}
});

test.each(versions("6"))("AUTH-EVENTS-SELECTION: selects the authorising user from v8 on (v%s)", (id) => {
	const keys = keysOf(id, membership({ membership: "join", join_authorised_via_users_server: carol }));
	expect(keys.includes(`member ${carol}`)).toBe(versions("8").includes(id));
	const leave = keysOf(id, membership({ membership: "leave", join_authorised_via_users_server: carol }));
	expect(leave).not.toContain(`member ${carol}`);
});
