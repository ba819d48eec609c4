import * as z from "zod";

const serverName = z.string().min(1).max(255);

/** What kind of failure the last one was; `refused`: it said no. */
export const destinationProblems = [
	"name",
	"addressRefused",
	"connection",
	"certificate",
	"timeout",
	"answerTooLarge",
	"malformedAnswer",
	"blocked",
	"backingOff",
	"refused",
] as const;

/** Another server, and how sending to it goes. Times in milliseconds since the Unix epoch. */
export const wireDestination = z.object({
	serverName,
	/** `catchingUp`: it answers again, and what it missed is on its way. `blocked`: the owner wants no contact with it. */
	state: z.enum(["healthy", "retrying", "catchingUp", "blocked"]),
	/** Of what waited when it answered again, how much it has by now. */
	catchUp: z.object({ done: z.int(), total: z.int() }).optional(),
	/** Events that wait for it. */
	queueLength: z.int(),
	/** When the oldest of them was made. */
	oldestAt: z.number().optional(),
	failingSince: z.number().optional(),
	retryAt: z.number().optional(),
	lastSuccessAt: z.number().optional(),
	problem: z.enum(destinationProblems).optional(),
	/** The same as the log has it. */
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

/** Whose invitations from other servers people get: known are servers with which somebody here shares a room. */
export const wireInvitationPolicy = z.enum(["everyone", "known", "nobody"]);
const pattern = z.string().trim().min(1).max(300);
/** A line of the owner's lists: a server, or many by a glob. */
export const wireServerRule = z.object({
	pattern,
	/** `allow`: where there is one, nothing is exchanged with any other server. */
	kind: z.enum(["block", "allow"]),
	/** The owner's own words. */
	note: z.string(),
	createdAt: z.number(),
});
export const serverRulesOutput = z.object({
	invitationPolicy: wireInvitationPolicy,
	/** Other servers hear who is there, and are heard about it. */
	isPresenceShared: z.boolean(),
	servers: z.array(wireServerRule),
});
export const invitationPolicyInput = z.object({ policy: wireInvitationPolicy });
export const presenceSharingInput = z.object({ isShared: z.boolean() });
export const putServerRuleInput = z.object({
	pattern,
	kind: z.enum(["block", "allow"]),
	note: z.string().trim().max(200).default(""),
});
export const serverRuleInput = z.object({ pattern });

export type WireInvitationPolicy = z.infer<typeof wireInvitationPolicy>;
export type WireServerRule = z.infer<typeof wireServerRule>;
