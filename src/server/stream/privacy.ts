import type { z } from "zod";
import { setPrivacyInput, type WirePrivacy } from "../../shared/wire/privacy.ts";
import { openPrivacy, privacyType } from "../../shared/wire/privacy-choices.ts";
import type { WireStreamItem } from "../../shared/wire/sync.ts";
import type { StoredAccountData } from "./ports.ts";

/** The choices that account data hold; what is missing or unknown there is open. */
export const privacyIn = (data: readonly Pick<StoredAccountData, "type" | "content">[]): WirePrivacy => {
	const stored = data.find(({ type }) => type === privacyType);
	const chosen = setPrivacyInput.safeParse(stored === undefined ? {} : JSON.parse(stored.content));
	return chosen.success ? withChange(openPrivacy, chosen.data) : openPrivacy;
};

/** Some of the choices, as a call or stored content gives them. */
export type PrivacyChange = z.infer<typeof setPrivacyInput>;

/** The choices with some of them changed. */
export const withChange = (privacy: WirePrivacy, change: PrivacyChange): WirePrivacy => ({
	readReceipts: change.readReceipts ?? privacy.readReceipts,
	typing: change.typing ?? privacy.typing,
	lastSeen: change.lastSeen ?? privacy.lastSeen,
});

/** Who does not tell how far they have read is not told it of others. */
export const asShownTo = (privacy: WirePrivacy, item: WireStreamItem): WireStreamItem => {
	if (privacy.readReceipts || !item.rooms.some(({ progress }) => progress?.reads !== undefined)) return item;
	const rooms = item.rooms.map((room) => {
		const { progress, ...others } = room;
		if (progress?.reads === undefined) return room;
		const { reads: _, ...kept } = progress;
		return Object.keys(kept).length === 0 ? others : { ...others, progress: kept };
	});
	return { ...item, rooms };
};
