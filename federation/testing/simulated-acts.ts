/**
 * What simulated people do: random acts, most of them legal. Each server has an anchor, who is never acted on and never
 * leaves, so that a server always has somebody who may speak; the others join, leave, are banned and promoted at random.
 */
import type { ProtoEvent } from "../events/build-event.ts";
import { stateMapKey } from "../events/state-key.ts";
import type { UserId } from "../identifiers/identifier-types.ts";
import type { JsonObject, JsonValue } from "../json/json-value.ts";
import { userId } from "./identifiers.ts";
import type { SeededRandom } from "./seeded-random.ts";
import type { SimulatedServer } from "./simulated-server.ts";

type Proto = Omit<ProtoEvent, "roomId">;

/** The user of a server who is never acted on. */
export const anchorOf = (server: string): UserId => userId(`@anchor:${server}`);

/** The users of a server who come and go. */
export const peopleOf = (server: string): readonly UserId[] => [0, 1, 2].map((i) => userId(`@person${i}:${server}`));

/** A membership event. */
export const membership = (sender: UserId, target: UserId, content: JsonObject): Proto => ({
	sender,
	type: "m.room.member",
	stateKey: target,
	content,
});

/** An act of one of the server's users, on anybody of the servers. */
export const randomAct = (server: SimulatedServer, servers: readonly string[], random: SeededRandom): Proto => {
	const person = random.pick(peopleOf(server.name));
	const sender = random.chance(0.5) ? anchorOf(server.name) : person;
	const target = random.pick(peopleOf(random.pick(servers)));
	const state = (type: string, content: JsonObject): Proto => ({ sender, type, stateKey: "", content });
	const act = random.pick([
		() => ({ sender, type: "m.room.message", content: { body: `${random.int(1000)}` } }),
		() => state("m.room.topic", { topic: `${random.int(1000)}` }),
		() => state("m.room.name", { name: `${random.int(1000)}` }),
		() => state("m.room.join_rules", { join_rule: random.pick(["public", "public", "invite", "knock"]) }),
		() => state("m.room.power_levels", changedLevels(server, target, random)),
		() => state("m.room.power_levels", changedLevels(server, target, random)),
		() => membership(person, person, { membership: "join", displayname: `${random.int(10)}` }),
		() => membership(person, person, { membership: "join" }),
		() => membership(person, person, { membership: random.pick(["leave", "knock"]) }),
		() => membership(sender, target, { membership: "invite" }),
		() => membership(sender, target, { membership: "leave" }),
		() => membership(sender, target, { membership: "ban" }),
	] satisfies readonly (() => Proto)[]);
	return act();
};

/** The power levels as the server sees them, with one change that spares the anchors. */
const changedLevels = (server: SimulatedServer, target: UserId, random: SeededRandom): JsonObject => {
	const id = server.room.currentState().get(stateMapKey("m.room.power_levels", ""));
	const content = id === undefined ? {} : (server.room.event(id)?.content ?? {});
	if (random.chance(0.3)) {
		return { ...content, [random.pick(["ban", "kick", "invite", "state_default"])]: random.pick([0, 25, 50]) };
	}
	const users: Record<string, JsonValue> = { ...(content["users"] as Record<string, JsonValue>) };
	users[target] = random.pick([0, 25, 50, 75, 100]);
	return { ...content, users };
};
