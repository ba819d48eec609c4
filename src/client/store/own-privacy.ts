import type { WirePrivacy } from "../../shared/wire/privacy.ts";
import { openPrivacy } from "../../shared/wire/privacy-choices.ts";

/** The person's choices as account data hold them; what is missing or unknown there is open. */
export function privacyFrom(content: Readonly<Record<string, unknown>> | undefined): WirePrivacy {
	return {
		readReceipts: content?.["readReceipts"] !== false,
		typing: content?.["typing"] !== false,
		lastSeen: content?.["lastSeen"] === "nobody" ? "nobody" : openPrivacy.lastSeen,
	};
}
