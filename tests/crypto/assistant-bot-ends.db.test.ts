import { describe, expect, it } from "vitest";
import { answeredIn, answering, devicesOf, enter, heardBy, mention, promptsOf } from "./bot-scenes.ts";
import { createBotWorld } from "./bot-world.ts";

describe("the assistant as a member, after an end", { timeout: 120_000 }, () => {
	it("is the same device after a restart, reads what came meanwhile, and seals nothing under a key it used", async () => {
		await using world = await createBotWorld(answering("It is at nine."));
		const ann = await world.person("ann");
		const roomId = await enter(world, ann);
		await ann.say(roomId, "the boat leaves at nine");
		const asked = [await ann.say(roomId, "when?", mention(world))];
		await heardBy(world, { person: ann, roomId });
		const quiet = await enter(world, ann);
		const before = await devicesOf(world);
		const script = { ...world.ollama.script };
		// The server ends in the middle of an answer.
		world.ollama.script = {
			chat: async (_, answer) => {
				await answer.say('{"known":true,"lines":[{"text":"It is');
				await answer.gone;
			},
		};
		asked.push(await ann.say(roomId, "and the train?", mention(world)));
		await ann.say(quiet, "nobody says anything here");
		const askedThere = await ann.say(quiet, "or is there?", mention(world));
		await world.until(async () => (world.ollama.chats.length === 2 ? true : undefined), "a question on its way");
		await world.restart(async () => {
			world.ollama.script = script;
			await ann.say(roomId, "and the train at ten");
		});
		await heardBy(world, { person: ann, roomId, count: 2 });
		await heardBy(world, { person: ann, roomId: quiet });
		expect(await answeredIn(world, ann, quiet)).toEqual([askedThere]);
		asked.push(await ann.say(roomId, "and?", mention(world)));
		await heardBy(world, { person: ann, roomId, count: 3 });
		expect(await answeredIn(world, ann, roomId)).toEqual(asked);
		expect(await devicesOf(world)).toEqual(before);
		const last =
			world.ollama.chats
				.at(-1)
				?.messages.map(({ content }) => content)
				.join("\n") ?? "";
		expect(last).toContain("the boat leaves at nine");
		expect(last).toContain("and the train at ten");
		const used = await ann.sealsOf(roomId, world.botId);
		expect(used).toHaveLength(3);
		expect(new Set(used).size).toBe(3);
	});

	it("loses nothing when its thread is killed at any moment, and answers each once", async () => {
		await using world = await createBotWorld(answering("Yes."));
		const ann = await world.person("ann");
		const roomId = await enter(world, ann);
		const asked: string[] = [];
		for (let round = 1; round <= 3; round += 1) {
			asked.push(await ann.say(roomId, `question ${round}`, mention(world)));
			await world.killEngine();
		}
		asked.push(await ann.say(roomId, "one more", mention(world)));
		await heardBy(world, { person: ann, roomId, count: 4 });
		expect((await answeredIn(world, ann, roomId)).toSorted()).toEqual(asked.toSorted());
		await world.until(async () => (promptsOf(world).includes("one more") ? true : undefined), "the last question");
		// Whatever was said before the kills is read: each key came once, and was kept before it was let go.
		const last =
			world.ollama.chats
				.at(-1)
				?.messages.map(({ content }) => content)
				.join("\n") ?? "";
		for (const round of [1, 2, 3]) expect(last).toContain(`question ${round}`);
		const used = await ann.sealsOf(roomId, world.botId);
		expect(new Set(used).size).toBe(used.length);
	});

	it("is another device of the same identity where its store is gone, as after a restore", async () => {
		await using world = await createBotWorld(answering("Here again."));
		const ann = await world.person("ann");
		const roomId = await enter(world, ann);
		const before = await devicesOf(world);
		const { pool } = world.test.database;
		const seeds = () => pool.query("SELECT 1 FROM assistant_bots WHERE sealed_identity IS NOT NULL");
		await world.until(async () => ((await seeds()).rowCount === 1 ? true : undefined), "its identity on the disk");
		await world.restart(async () => void (await pool.query("DELETE FROM assistant_bot_records")));
		await world.until(async () => ((await devicesOf(world)) === before ? undefined : true), "another device");
		await world.until(
			async () => ((await pool.query("SELECT 1 FROM assistant_bot_records")).rowCount ? true : undefined),
			"a store",
		);
		await ann.track([world.botId]);
		await world.until(async () => {
			// A subscription that begins anew says nothing of whose devices changed.
			await ann.doubtLists();
			await ann.say(roomId, "are you there?", mention(world));
			return (await ann.heard(roomId)).length > 0 ? true : undefined;
		}, "an answer of the new device");
		const { masterKeys } = await world.container().keys.query(ann.userId, new Map([[world.botId, []]]));
		expect(Object.keys(masterKeys)).toEqual([world.botId]);
		const changes = world.test.logLines.filter((line) => line.includes("cross-signing keys changed"));
		expect(changes.filter((line) => line.includes(world.botId)).length).toBeGreaterThan(0);
	});

	it("says which file is missing where its identity was sealed under another one, and is nobody else meanwhile", async () => {
		await using world = await createBotWorld();
		const { pool } = world.test.database;
		const seeds = () => pool.query("SELECT 1 FROM assistant_bots WHERE sealed_identity IS NOT NULL");
		await world.until(async () => ((await seeds()).rowCount === 1 ? true : undefined), "its identity on the disk");
		const identityOf = async () => {
			const { masterKeys } = await world.container().keys.query(world.botId, new Map([[world.botId, []]]));
			return JSON.stringify(masterKeys);
		};
		const before = await identityOf();
		await world.restart(async () => {
			await pool.query(
				"UPDATE assistant_bots SET sealed_identity = set_byte(sealed_identity, 20, get_byte(sealed_identity, 20) # 1)",
			);
			await pool.query("DELETE FROM assistant_bot_records");
		});
		await world.until(async () => {
			return world.test.logLines.some((line) => line.includes("does not open with secrets.json")) ? true : undefined;
		}, "a word about it");
		expect(await identityOf()).toBe(before);
	});
});
