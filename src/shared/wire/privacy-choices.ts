import type { WirePrivacy } from "./privacy.ts";

/** The account data under which the choices of `wirePrivacy` are kept. */
export const privacyType = "kith.privacy";

export const openPrivacy: WirePrivacy = { readReceipts: true, typing: true, lastSeen: "everyone" };
