import { askEngine } from "./ask-engine.ts";

/**
 * These people were invited: they are given the keys of what newcomers may read, when they have a device. The engine keeps
 * that in mind; where there is none, or none any more, nothing can be handed on.
 */
export async function shareHistory(roomId: string, userIds: readonly string[]): Promise<void> {
	if (userIds.length === 0) return;
	await askEngine("shareHistory", { roomId, userIds: [...userIds] }).catch(() => undefined);
}

/** An invitation was accepted: its sender hands over the keys of what was said before. */
export async function expectHistory(roomId: string, inviterId: string): Promise<void> {
	await askEngine("expectHistory", { roomId, inviterId }).catch(() => undefined);
}
