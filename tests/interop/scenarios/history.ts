import { expect } from "vitest";
import { eventually } from "../eventually.ts";
import type { Scenario } from "../scenario.ts";

/** Five answers full, as servers give history to each other. */
const manyMessages = 500;
const atOnce = 10;

export const historyScenarios: readonly Scenario[] = [
	{
		name: "five hundred messages from before are there for those who come later",
		run: async ({ host, guest, version }) => {
			const [ada, ben] = await Promise.all([host.register("ada"), guest.register("ben")]);
			const aliasLocalpart = `archive-${version}-${Math.random().toString(36).slice(2)}`;
			const roomId = await ada.createRoom({ version, name: "Archive", aliasLocalpart });
			const said: string[] = [];
			for (let at = 0; at < manyMessages; at += atOnce) {
				const numbers = Array.from({ length: atOnce }, (_, index) => at + index);
				said.push(...(await Promise.all(numbers.map((number) => ada.send(roomId, `Number ${number}`)))));
			}
			await ben.join(roomId, [host.name]);
			await eventually(async () => {
				const seen = (await ben.history(roomId)).filter(({ body }) => body?.startsWith("Number "));
				expect(seen.map(({ eventId }) => eventId).toSorted()).toEqual(said.toSorted());
			});
		},
	},
];
