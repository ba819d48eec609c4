import { expect, it } from "vitest";
import { readMessageCites } from "../../src/shared/wire/message-cites.ts";
import { answeredIn, enter, heardBy, mention } from "../crypto/bot-scenes.ts";
import { openBotWorld } from "../crypto/bot-world.ts";
import { realOllama } from "./real-ollama.ts";

const named = realOllama();
if (named === undefined) throw new Error("npm run test:ollama says how to name an Ollama");

it("the assistant as a member of an encrypted room answers who mentions it, by a real model", async () => {
	await using world = await openBotWorld(named);
	const ann = await world.person("ann");
	const ben = await world.person("ben");
	const other = await enter(world, ann);
	await ann.say(other, "The quince tree stands in another room.");
	const roomId = await enter(world, ann, [ben]);
	const said = [
		await ann.say(roomId, "Shall we meet on Sunday for the garden?"),
		await ben.say(roomId, "Yes. I can bring the new tomato plants at ten."),
		await ann.say(roomId, "Then I bring the spade and some water."),
	];
	const asked = await ben.say(roomId, "@Assistant who brings the spade?", mention(world));
	const [answer = ""] = await heardBy(world, { person: ann, roomId });
	expect(answer.trim()).not.toBe("");
	expect(answer).not.toContain("quince");
	expect(await answeredIn(world, ann, roomId)).toEqual([asked]);
	// Both read it, from their own devices.
	expect(await heardBy(world, { person: ben, roomId })).toEqual([answer]);
	const [cites = []] = await ann.cited(roomId);
	const read = readMessageCites(cites);
	expect(read).toBeDefined();
	for (const { line, event_ids } of read ?? []) {
		expect(answer.split("\n")[line]).toMatch(/\((ann|ben)(, (ann|ben))?\)$/);
		expect(said).toEqual(expect.arrayContaining([...event_ids]));
	}
	const rows = await world.until(async () => {
		const runs = await world.test.database.pool.query("SELECT kind, user_id, model, outcome FROM assistant_runs");
		return runs.rowCount === 0 ? undefined : runs.rows;
	}, "what is written down of the run");
	// A model of this size may write nonsense, which is said.
	const outcome = answer.startsWith("I can’t answer now. What it wrote made no sense.") ? "bad-answer" : "done";
	expect(rows).toEqual([{ kind: "ask", user_id: ben.userId, model: named.chatModel, outcome }]);
	expect(world.test.logLines.join("\n")).not.toMatch(/spade|quince/);
});
