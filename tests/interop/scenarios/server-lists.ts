import { expect } from "vitest";
import { eventually } from "../eventually.ts";
import { meet, type Scenario, sees } from "../scenario.ts";

/** Without its port, as lists of servers name it. */
const hostOf = (name: string): string => name.replace(/:\d+$/, "");

/** For two servers on different hosts: ports do not count in lists of servers. */
export const serverListScenarios: readonly Scenario[] = [
	{
		name: "a server that the room keeps out is not heard any more, until it is let in again",
		run: async (pair) => {
			const { ada, ben, roomId } = await meet(pair);
			const elsewhere = await meet(pair);
			await ada.setServerAcl(roomId, [hostOf(pair.guest.name)]);
			const kept = await ben.send(roomId, "Still here?");
			// One after the other goes from server to server: when this one is here, the other was turned away.
			const eventId = await elsewhere.ben.send(elsewhere.roomId, "Heard");
			await sees(elsewhere.ada, elsewhere.roomId, { eventId, body: "Heard" });
			expect((await ada.messages(roomId)).map((message) => message.eventId)).not.toContain(kept);
			await ada.setServerAcl(roomId, []);
			await eventually(async () => {
				const again = await ben.send(roomId, "And now?");
				await eventually(
					async () => expect((await ada.messages(roomId)).map((message) => message.eventId)).toContain(again),
					2,
				);
			});
		},
	},
];
