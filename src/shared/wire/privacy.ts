import * as z from "zod";

/** What a person lets others know. Each choice holds both ways: who does not tell is not told. */
export const wirePrivacy = z.object({
	/** Others see how far the person has read. */
	readReceipts: z.boolean(),
	/** Others see that the person is writing. */
	typing: z.boolean(),
	/** Who sees that the person is there, and when they last were. */
	lastSeen: z.enum(["everyone", "nobody"]),
});

export type WirePrivacy = z.infer<typeof wirePrivacy>;

export const setPrivacyInput = wirePrivacy.partial();
