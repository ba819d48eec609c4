import "../../shared/text/en/joining.ts";
import { roomName, roomPictureId } from "../../shared/text/names.ts";
import { text } from "../../shared/text/text.ts";
import type { WireRoomDetails, WireRoomSummary } from "../../shared/wire/room.ts";
import { megolm } from "../../shared/wire/room-encryption.ts";

/** The words at the head of the pane. */
export function wordsOf(roomId: string, summary: WireRoomSummary | undefined, isArriving: boolean) {
	if (summary === undefined) return { name: "", pictureId: roomId, kindText: "", topic: undefined };
	const count = summary.joinedCount;
	const kinds = {
		direct: text("info.directWith"),
		group: text("info.groupOf", { count }),
		public: text("info.publicOf", { count }),
		space: text("info.spaceOf", { count }),
	};
	return {
		name: roomName(summary),
		pictureId: roomPictureId(summary),
		// While its people arrive nobody knows how many they are.
		kindText: isArriving && summary.kind !== "direct" ? text(`joining.${summary.kind}`) : kinds[summary.kind],
		topic: summary.topic,
	};
}

/** What the reader may do with a group; nothing of it in a direct chat, nor in a room that was replaced. */
export function rightsOf(summary: WireRoomSummary | undefined, details: WireRoomDetails | undefined) {
	const isJoined = summary?.membership === "join";
	const isOpen = isJoined && summary.replacementRoomId === undefined && summary.kind !== "direct";
	const may = (right: keyof WireRoomDetails["permissions"]): boolean => isOpen && details?.permissions[right] === true;
	return {
		canInvite: may("invite"),
		canEdit: may("setName") || may("setTopic"),
		canSetPicture: may("setAvatar"),
		canSetJoinRule: may("setJoinRule"),
		canSetHistory: may("setHistoryVisibility"),
		canSetAliases: may("setAliases"),
		canUpgrade: may("upgrade"),
		canEncrypt: mayEncrypt(summary, details),
		canLeave: isJoined,
	};
}

/** In a direct chat, too; what is encrypted stays so, and in a community nobody writes. */
function mayEncrypt(summary: WireRoomSummary | undefined, details: WireRoomDetails | undefined): boolean {
	if (summary === undefined || details === undefined) return false;
	const isLive = summary.membership === "join" && summary.replacementRoomId === undefined && summary.kind !== "space";
	return isLive && summary.encryption === undefined && details.permissions.enableEncryption;
}

/** How the room is set, in words. */
export function settingsOf(summary: WireRoomSummary | undefined, details: WireRoomDetails | undefined) {
	if (summary === undefined || details === undefined) return undefined;
	const { joinRule, historyVisibility, aliases, version } = details;
	return {
		joinRule: text(`joinRule.${joinRuleKey(joinRule)}`),
		history: text(`history.${historyVisibility}`),
		aliases,
		version,
		encryption: encryptionOf(summary, mayEncrypt(summary, details)),
		// The first of several addresses: the page behind it is the room's own.
		aliasHref: aliases[0] === undefined ? undefined : `/room/${encodeURIComponent(aliases[0])}`,
	};
}

/** Undefined for a community, in which nobody writes. */
function encryptionOf({ kind, encryption }: WireRoomSummary, mayEncrypt: boolean) {
	if (kind === "space") return undefined;
	if (encryption === undefined) return { isOn: false, words: text(mayEncrypt ? "encryption.offer" : "encryption.off") };
	return { isOn: true, words: text(encryption.algorithm === megolm ? "encryption.on" : "encryption.unknown") };
}

function joinRuleKey(joinRule: WireRoomDetails["joinRule"]): "public" | "knock" | "invite" {
	if (joinRule === "public") return "public";
	return joinRule === "knock" || joinRule === "knock_restricted" ? "knock" : "invite";
}
