import { z } from "zod";

const serverName = z.string().min(1).max(255);

/** Another server, and how sending to it goes. Times in milliseconds since the Unix epoch. */
export const wireDestination = z.object({
	serverName,
	/** `catchingUp`: it answers again, and what it missed is on its way. */
	state: z.enum(["healthy", "retrying", "catchingUp"]),
	/** Events that wait for it. */
	queueLength: z.int(),
	/** When the oldest of them was made. */
	oldestAt: z.number().optional(),
	failingSince: z.number().optional(),
	retryAt: z.number().optional(),
	lastSuccessAt: z.number().optional(),
	/** In words for the owner. */
	lastError: z.string().optional(),
});
export const destinationsOutput = z.object({ items: z.array(wireDestination) });
export const destinationInput = z.object({ serverName });

/** What this server finds when it looks at itself as another one would. */
export const wireSelfCheck = z.object({
	id: z.enum(["name", "reachable", "certificate", "key"]),
	outcome: z.enum(["ok", "failed", "unknown"]),
	/** What was found; never more than an address or a reason. */
	detail: z.string().optional(),
});
export const selfChecksOutput = z.object({ items: z.array(wireSelfCheck) });

export type WireDestination = z.infer<typeof wireDestination>;
export type WireSelfCheck = z.infer<typeof wireSelfCheck>;
