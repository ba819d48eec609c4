import { expect } from "@playwright/test";
import { addPeople } from "../../server-process/add-people.ts";
import { type ScriptedAnswer, startScriptedOllama } from "../../setup/scripted-ollama.ts";
import { sayLines } from "../support/enter-assistant.ts";
import { enterAt } from "../support/enter-at.ts";
import { askMember, chooseMember, saidByMember, switchMemberOn } from "../support/enter-bot.ts";
import { test } from "../support/kith-test.ts";
import { makeOwner, namePeople } from "../support/name-people.ts";
import { lostConnection } from "../support/watch-context.ts";

test("after kill -9 of the server in the middle of an answer in an encrypted chat it is given once", async ({
	startServer,
	openBrowser,
}) => {
	test.setTimeout(240_000);
	let onAsked = (_: ScriptedAnswer): void => undefined;
	const whenAsked = (): Promise<ScriptedAnswer> => new Promise((resolve) => (onAsked = resolve));
	await using ollama = await startScriptedOllama();
	const server = await startServer({ KITH_OLLAMA_URLS: ollama.url, KITH_ASSISTANT_MODEL: "chat:1b" });
	const [account] = await addPeople(server.dataFolder, ["olive"]);
	if (account === undefined) throw new Error("one person was asked for");
	await makeOwner(server.dataFolder, account.userId);
	await namePeople(server.dataFolder, new Map([[account.userId, "Olive"]]));
	const olive = await enterAt(openBrowser, server.address, account);
	olive.watch.allow(lostConnection);
	await switchMemberOn(olive);
	await olive.open();
	await olive.startGroup("Harbour", []);
	await chooseMember(olive);
	await olive.send("The boat leaves at nine");

	for (const moment of ["before a word", "after half a line", "after the last word"]) {
		ollama.script = {
			chat: async (_, answer) => {
				if (moment === "after half a line") await answer.say('{"known":true,"lines":[{"cites":[1],"text":"The');
				if (moment === "after the last word") await sayLines(answer, [{ cites: [1], text: `At nine, ${moment}.` }]);
				onAsked(answer);
				await answer.gone;
			},
		};
		const asked = whenAsked();
		await askMember(olive, `when does it leave, ${moment}?`);
		await asked;
		await server.stop("SIGKILL");
		ollama.script = { chat: (_, answer) => sayLines(answer, [{ cites: [1], text: `At nine, ${moment}.` }]) };
		await server.start();
		await expect(olive.netBar).toHaveCount(0);
		await expect(saidByMember(olive, `At nine, ${moment}. (Olive)`)).toBeVisible({ timeout: 60_000 });
	}
	ollama.script = { chat: (_, answer) => sayLines(answer, [{ cites: [1], text: "Still at nine." }]) };
	await askMember(olive, "and now?");
	await expect(saidByMember(olive, "Still at nine.")).toBeVisible();
	await expect(saidByMember(olive, /^/)).toHaveCount(4);
});
