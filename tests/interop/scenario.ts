import { expect } from "vitest";
import { eventually } from "./eventually.ts";
import type { Homeserver, Person, RoomWishes, SeenMessage } from "./homeserver.ts";

/** Two servers, and the version of the rooms that are made on `host`. */
export interface Pair {
	readonly host: Homeserver;
	readonly guest: Homeserver;
	readonly version: RoomWishes["version"];
}

/** Something that people of two servers do together. */
export interface Scenario {
	readonly name: string;
	run(pair: Pair): Promise<void>;
	/** Why it cannot be done between these servers; absent or undefined: it can. */
	lacking?(servers: Pick<Pair, "host" | "guest">): Promise<string | undefined>;
}

/** Ada of the host, who made the room, and Ben of the guest. */
export interface Meeting {
	readonly ada: Person;
	readonly ben: Person;
	readonly roomId: string;
}

/** Ada makes a room and invites Ben, who has not answered yet. */
export const inviteBen = async ({ host, guest, version }: Pair): Promise<Meeting> => {
	const [ada, ben] = await Promise.all([host.register("ada"), guest.register("ben")]);
	const roomId = await ada.createRoom({ version, name: "Garden" });
	await ada.invite(roomId, ben.userId);
	await eventually(async () => expect(await ben.membership(roomId)).toBe("invite"));
	return { ada, ben, roomId };
};

/** Both are in the room, and both servers know it. */
export const meet = async (pair: Pair): Promise<Meeting> => {
	const meeting = await inviteBen(pair);
	const { ada, ben, roomId } = meeting;
	await ben.join(roomId, [pair.host.name]);
	await eventually(async () => expect((await ada.members(roomId)).get(ben.userId)).toBe("join"));
	await eventually(async () => expect(await ben.membership(roomId)).toBe("join"));
	return meeting;
};

/** What one does and the other sees, and then the other way round. */
export const bothWays = (one: Person, other: Person): readonly (readonly [Person, Person])[] => [
	[one, other],
	[other, one],
];

/** Waits until the person sees the message with this text (undefined: deleted), and answers it. */
export const sees = (
	person: Person,
	roomId: string,
	{ eventId, body }: { readonly eventId: string; readonly body: string | undefined },
): Promise<SeenMessage> =>
	eventually(async () => {
		const message = (await person.messages(roomId)).find((one) => one.eventId === eventId);
		if (message === undefined) throw new Error(`${person.userId} does not see ${body ?? "the deleted message"}`);
		expect(message.body).toBe(body);
		return message;
	});

/** Waits until the person knows what somebody is to the room. */
export const knows = (
	person: Person,
	roomId: string,
	{ who, membership }: { readonly who: Person; readonly membership: string },
): Promise<void> =>
	eventually(async () => expect((await person.members(roomId)).get(who.userId) ?? "leave").toBe(membership));
