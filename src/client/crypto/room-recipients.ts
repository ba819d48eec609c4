import { api } from "../trpc/trpc.ts";

const recipients = new Map<string, Promise<readonly Member[]>>();

interface Member {
	readonly userId: string;
	readonly membership: string;
}

/** Who may read what is said in a room from now on: its members, and the invited where the room lets them read. */
export async function recipientsOf(roomId: string, visibility: string): Promise<readonly string[]> {
	const members = await membersOf(roomId);
	const wanted = visibility === "joined" ? ["join"] : ["join", "invite"];
	return members.filter(({ membership }) => wanted.includes(membership)).map(({ userId }) => userId);
}

/** Somebody came or went: the next message asks anew. Without a room: anything may have changed. */
export function forgetRecipients(roomId?: string): void {
	if (roomId === undefined) recipients.clear();
	else recipients.delete(roomId);
}

function membersOf(roomId: string): Promise<readonly Member[]> {
	const known = recipients.get(roomId);
	if (known !== undefined) return known;
	const read = readMembers(roomId);
	recipients.set(roomId, read);
	read.catch(() => {
		if (recipients.get(roomId) === read) recipients.delete(roomId);
	});
	return read;
}

async function readMembers(roomId: string): Promise<readonly Member[]> {
	const members: Member[] = [];
	let cursor: string | undefined;
	do {
		const page = await api.rooms.members.query({ roomId, limit: 500, ...(cursor !== undefined && { cursor }) });
		members.push(...page.items);
		cursor = page.nextCursor;
	} while (cursor !== undefined);
	return members;
}
