import type { WireRoomKind } from "../../shared/wire/room.ts";

/**
 * Whether this page can encrypt at all. At an address without TLS browsers keep from it what that takes, whoever opened it
 * was told that nothing there is protected, and a chat that its own maker could not write in would be of no use.
 */
export function canEncrypt(): boolean {
	return globalThis.isSecureContext !== false;
}

/**
 * Whether a new chat is encrypted from its first message: private groups and direct chats are, without a question; a public
 * room, which everybody may join, where its maker wants it; a community never, for nobody writes in it.
 */
export function isNewChatEncrypted(kind: WireRoomKind, isWanted = false): boolean {
	switch (kind) {
		case "direct":
		case "group":
			return canEncrypt();
		case "public":
			return isWanted && canEncrypt();
		case "space":
			return false;
	}
}
