import type { Person } from "../../server-process/add-people.ts";
import { createHttpCaller } from "../../server-process/http-caller.ts";

export interface Filling {
	readonly address: string;
	readonly owner: Person;
	readonly other: Person;
	readonly name: string;
	/** How many messages; who wrote them changes every third. */
	readonly count: number;
}

export interface FilledChat {
	readonly roomId: string;
	readonly path: string;
	/** Of the messages, oldest first. */
	readonly eventIds: readonly string[];
}

/** A group of two with a history, written through the API. The texts are `Message 1.` and so on, of different lengths. */
export async function fillChat({ address, owner, other, name, count }: Filling): Promise<FilledChat> {
	const [asOwner, asOther] = [owner, other].map((person) => createHttpCaller(address, person.cookie));
	if (asOwner === undefined || asOther === undefined) throw new Error("two people were asked for");
	const created = await asOwner.mutate("rooms.create", {
		transactionId: `make-${name.replaceAll(" ", "-")}`,
		kind: "group",
		name,
		inviteeIds: [other.userId],
	});
	const { roomId } = created as { roomId: string };
	await asOther.mutate("rooms.acceptInvite", { roomId });
	const eventIds: string[] = [];
	for (let index = 1; index <= count; index += 1) {
		const caller = Math.floor(index / 3) % 2 === 0 ? asOwner : asOther;
		const body = `Message ${index}.${" And so on.".repeat((index * 7) % 23)}`;
		const sent = await caller.mutate("messages.send", { roomId, transactionId: `fill-${index}`, body });
		eventIds.push((sent as { eventId: string }).eventId);
	}
	asOwner.close();
	asOther.close();
	return { roomId, path: `/chat/${encodeURIComponent(roomId)}`, eventIds };
}
