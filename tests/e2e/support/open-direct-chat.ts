import type { Member } from "./kith-test.ts";

/** Brings two people, each at their chats, into one conversation. */
export async function openDirectChat(from: Member, to: Member): Promise<void> {
	await from.startDirectChat(to.localpart);
	await to.join(from.displayName);
}
