import { expect, test } from "vitest";
import { alice, bob } from "../testing/authorization-checks.ts";
import { testRoom } from "../testing/event-factory.ts";
import { authStateOf, isStateEvent, joinRuleIn, membershipIn } from "./auth-state.ts";

test("a list of events makes the state that its last events set, messages left out", () => {
	const room = testRoom("12", { joinRule: "public", members: [bob] });
	const message = room.append({ type: "m.room.join_rules", sender: alice, content: { join_rule: "invite" } });
	const leave = room.member(bob, "leave");
	expect(isStateEvent(message)).toBe(false);
	const state = authStateOf(room.events.values());
	expect(state.get("m.room.create", "")).toBe(room.create);
	expect(state.get("m.room.member", bob)).toBe(leave);
	expect(joinRuleIn(state)).toBe("public");
	expect(membershipIn(state, bob)).toBe("leave");
	expect(membershipIn(state, "@nobody:one.example")).toBeUndefined();
	expect(state.get("m.room.topic", "")).toBeUndefined();
});
