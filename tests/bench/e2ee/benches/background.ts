import { openNodeDevice } from "../../../crypto/node-device.ts";
import { startBenchServer } from "../../bench-server.ts";
import { openPage } from "../../client/open-page.ts";
import { atMost, withoutTarget } from "../../figure.ts";
import { percentile } from "../../statistics.ts";
import type { E2eeBench } from "../e2ee-bench.ts";
import { awaitEngines } from "../encrypted-room.ts";
import { fillSealedChats } from "../sealed-chats.ts";

const messageCount = 5000;
const longestFrameMs = 50;

/** A page stands in one chat while 5,000 messages come in another as fast as the server carries them, and are opened. */
export const backgroundBench: E2eeBench = {
	ids: ["background.longest-frame"],
	measure: async ({ launch, say }) => {
		await using server = await startBenchServer();
		const [person, friend] = await server.people(2);
		if (person === undefined || friend === undefined) throw new Error("two people are needed");
		const { origin } = server.process;
		const by = await openNodeDevice(origin, friend);
		await using opened = await openPage(await launch(), { origin, person, path: "/chat" });
		const { page } = opened;
		await awaitEngines(server, [person, friend]);
		const [chat] = await fillSealedChats(server, { by, person, chatCount: 1, messageCount: 30 });
		await page.goto(`/chat/${encodeURIComponent(chat?.roomId ?? "")}`);
		await page
			.getByRole("article")
			.filter({ hasText: chat?.newest ?? "" })
			.waitFor();
		await page.evaluate(() => window.benchFrames.start());
		const startMs = performance.now();
		const [busy] = await fillSealedChats(server, { by, person, chatCount: 1, messageCount });
		const row = page.locator(`nav a[href*="${encodeURIComponent(busy?.roomId ?? "")}"]`);
		await row.filter({ hasText: busy?.newest ?? "" }).waitFor({ timeout: 300_000 });
		const { frames } = await page.evaluate(() => window.benchFrames.stop());
		by.stop();
		const seconds = (performance.now() - startMs) / 1000;
		say(`background: ${messageCount} opened in ${seconds.toFixed(0)} s, longest frame ${frames[0]?.toFixed(0)} ms`);
		return [
			atMost(longestFrameMs, { id: "background.longest-frame", value: frames[0] ?? Number.NaN, unit: "ms" }),
			withoutTarget({ id: "background.frame.p99", value: percentile(frames, 0.99), unit: "ms" }),
			withoutTarget({ id: "background.opened", value: messageCount / seconds, unit: "1/s" }),
		];
	},
};
