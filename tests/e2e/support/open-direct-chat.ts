import type { Member } from "./kith-test.ts";
import { makeRoom } from "./make-room.ts";

/** Brings two people, each at their chats, into one conversation, which is encrypted. */
export async function openDirectChat(from: Member, to: Member): Promise<void> {
	await from.startDirectChat(to.localpart);
	await to.join(from.displayName);
}

/** The same in a chat as older clients made it: not encrypted, for what is about what the server or the disk has of words. */
export async function openPlainChat(from: Member, to: Member): Promise<void> {
	await makeRoom(from.page, { kind: "direct", inviteeIds: [to.account.userId] });
	await from.openChat(to.displayName);
	await to.join(from.displayName);
}
