import { expect } from "vitest";
import { readPictureFacts } from "../../../src/server/media/pictures/read-picture-facts.ts";
import { testPicture } from "../../setup/test-pictures.ts";
import { eventually } from "../eventually.ts";
import { bothWays, meet, type Scenario, sees } from "../scenario.ts";

export const roomStateScenarios: readonly Scenario[] = [
	{
		name: "name and topic change",
		run: async (pair) => {
			const { ada, ben, roomId } = await meet(pair);
			await ada.setName(roomId, "Allotment");
			await ada.setTopic(roomId, "Who waters when");
			await eventually(async () =>
				expect(await ben.details(roomId)).toEqual({ name: "Allotment", topic: "Who waters when" }),
			);
		},
	},
	{
		name: "power levels change what the other side may do",
		run: async (pair) => {
			const { ada, ben, roomId } = await meet(pair);
			await expect(ben.setName(roomId, "Mine")).rejects.toThrow();
			await ada.setPower(roomId, ben.userId, 100);
			await eventually(() => ben.setName(roomId, "Ours"));
			await eventually(async () => expect(await ada.details(roomId)).toMatchObject({ name: "Ours" }));
		},
	},
	{
		name: "a new display name is shown",
		run: async (pair) => {
			const { ada, ben, roomId } = await meet(pair);
			await ada.setDisplayName("Ada of the North");
			await ben.setDisplayName("Ben of the South");
			await eventually(async () => expect(await ben.displayNameIn(roomId, ada.userId)).toBe("Ada of the North"));
			await eventually(async () => expect(await ada.displayNameIn(roomId, ben.userId)).toBe("Ben of the South"));
		},
	},
	{
		name: "a new picture is shown",
		run: async (pair) => {
			const { ada, ben, roomId } = await meet(pair);
			const picture = testPicture("dot.png");
			for (const [one, other] of bothWays(ada, ben)) {
				await one.setPicture(picture);
				// The other server may have made it smaller.
				await eventually(async () =>
					expect(readPictureFacts((await other.pictureIn(roomId, one.userId)) ?? new Uint8Array())).toBeDefined(),
				);
			}
		},
	},
	{
		name: "a new picture of the room is shown",
		run: async (pair) => {
			const { ada, ben, roomId } = await meet(pair);
			await ada.setPower(roomId, ben.userId, 100);
			for (const [one, other] of bothWays(ada, ben)) {
				const before = await other.roomPicture(roomId);
				await eventually(() => one.setRoomPicture(roomId, testPicture(before === undefined ? "dot.png" : "dot.gif")));
				await eventually(async () => {
					const shown = (await other.roomPicture(roomId)) ?? new Uint8Array();
					expect(readPictureFacts(shown)).toBeDefined();
					expect(Buffer.from(shown).equals(Buffer.from(before ?? []))).toBe(false);
				});
			}
		},
	},
	{
		name: "what both sides change at once ends equal on both",
		run: async (pair) => {
			const { ada, ben, roomId } = await meet(pair);
			await ada.setPower(roomId, ben.userId, 100);
			await eventually(() => ben.setTopic(roomId, "settled"));
			await eventually(async () => expect(await ada.details(roomId)).toMatchObject({ topic: "settled" }));
			for (let round = 0; round < 5; round += 1) {
				await Promise.all([ada.setName(roomId, `Ada's ${round}`), ben.setName(roomId, `Ben's ${round}`)]);
			}
			// A message of each joins the branches for good.
			const [fromAda, fromBen] = [await ada.send(roomId, "Done"), await ben.send(roomId, "Done too")];
			await sees(ben, roomId, { eventId: fromAda, body: "Done" });
			await sees(ada, roomId, { eventId: fromBen, body: "Done too" });
			await eventually(async () => {
				const names = [await ada.details(roomId), await ben.details(roomId)].map(({ name }) => name);
				expect(names[0]).toBe(names[1]);
			});
		},
	},
];
